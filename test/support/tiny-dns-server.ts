import { createSocket } from 'node:dgram'
import type { SrvTarget } from '../../src/main/core/connections/ports.ts'

const TYPE_SRV = 33
const NAME_ERROR = 3

/** A DNS server on 127.0.0.1 that knows some SRV records, and says of everything else that there is no such name. */
export async function startTinyDns(records: Readonly<Record<string, readonly SrvTarget[]>>) {
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    const { name, type, endAt } = readQuestion(query)
    const targets = type === TYPE_SRV ? (records[name.toLowerCase()] ?? []) : []
    const header = Buffer.alloc(12)
    query.copy(header, 0, 0, 2)
    header.writeUInt16BE(0x8180 | (targets.length === 0 ? NAME_ERROR : 0), 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(targets.length, 6)
    socket.send(Buffer.concat([header, query.subarray(12, endAt), ...targets.map(toRecord)]), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    server: `127.0.0.1:${socket.address().port}`,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  }
}

function readQuestion(query: Buffer): { name: string; type: number; endAt: number } {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), endAt: at + 5 }
}

/** The name is that of the question (a pointer to byte 12); an hour to live. */
function toRecord({ host, port, priority, weight }: SrvTarget): Buffer {
  const labels = host
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')]))
  const target = Buffer.concat([...labels, Buffer.from([0])])
  const head = Buffer.alloc(18)
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(TYPE_SRV, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt32BE(3_600, 6)
  head.writeUInt16BE(6 + target.length, 10)
  head.writeUInt16BE(priority, 12)
  head.writeUInt16BE(weight, 14)
  head.writeUInt16BE(port, 16)
  return Buffer.concat([head, target])
}

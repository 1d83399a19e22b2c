import { createSocket } from 'node:dgram'
import type { SrvTarget } from '../../src/main/core/connections/ports.ts'

const TYPE_A = 1
const TYPE_SRV = 33
const NAME_ERROR = 3

/**
 * A DNS server on 127.0.0.1 that knows some SRV records and IPv4 addresses, and says of everything else that there is no such
 * name.
 * @param addresses looked up at each question, so that a test can change them
 */
export async function startTinyDns(
  records: Readonly<Record<string, readonly SrvTarget[]>>,
  addresses: ReadonlyMap<string, string> = new Map(),
) {
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    const { name, type, endAt } = readQuestion(query)
    const targets = type === TYPE_SRV ? (records[name.toLowerCase()] ?? []).map(toRecord) : []
    const address = type === TYPE_A ? addresses.get(name.toLowerCase()) : undefined
    const answers = address === undefined ? targets : [toAddressRecord(address)]
    const header = Buffer.alloc(12)
    query.copy(header, 0, 0, 2)
    header.writeUInt16BE(0x8180 | (answers.length === 0 && !addresses.has(name) ? NAME_ERROR : 0), 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(answers.length, 6)
    socket.send(Buffer.concat([header, query.subarray(12, endAt), ...answers]), from.port, from.address)
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
function toAnswer(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt32BE(3_600, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

function toAddressRecord(address: string): Buffer {
  return toAnswer(TYPE_A, Buffer.from(address.split('.').map(Number)))
}

function toRecord({ host, port, priority, weight }: SrvTarget): Buffer {
  const labels = host
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')]))
  const target = Buffer.concat([...labels, Buffer.from([0])])
  const order = Buffer.alloc(6)
  order.writeUInt16BE(priority, 0)
  order.writeUInt16BE(weight, 2)
  order.writeUInt16BE(port, 4)
  return toAnswer(TYPE_SRV, Buffer.concat([order, target]))
}

import { createServer as createPlainServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import type { NetworkOptions } from '../../src/main/core/connections/ports.ts'
import { openCertificates } from '../../src/main/demo/sign-in/create-certificates.ts'
import { silentLog } from './manual-clock.ts'

/** The name that the server's certificate is good for. */
export const TINY_LDAP_HOST = 'dc1.fjordline.example'

/** Made once: every other authority costs the client a second. */
let certificates: ReturnType<typeof openCertificates> | null = null

/** What LDAP requests are, by their tag. @see RFC 4511 */
const REQUESTS: Readonly<Record<number, LdapRequestKind>> = {
  96: 'bind',
  66: 'unbind',
  99: 'search',
  119: 'extended',
}
export type LdapRequestKind = 'bind' | 'unbind' | 'search' | 'extended' | 'other'

/** A request as it came. */
export interface LdapRequest {
  readonly kind: LdapRequestKind
  readonly id: number
  readonly isEncrypted: boolean
  readonly bytes: Buffer
}

/** An LDAP server that answers whatever a test says, byte by byte. */
export interface TinyLdapServer {
  readonly network: NetworkOptions
  /** Every request so far. */
  readonly asked: LdapRequest[]
  /** Everything that came, in the clear as far as this server saw it. */
  received(): Buffer
  close(): Promise<void>
}

/** What is sent back: bytes, or the start of TLS after them. Undefined: nothing. */
export type TinyLdapAnswer = (
  request: LdapRequest,
) => Buffer | { readonly bytes: Buffer; readonly isTls: true } | undefined

/** @param isClear listens for LDAP that begins in the clear; else for TLS from the first byte */
export async function startTinyLdap(answer: TinyLdapAnswer, isClear = false): Promise<TinyLdapServer> {
  certificates ??= openCertificates(null, Date.now(), [TINY_LDAP_HOST])
  const { caPem, certificatePem, keyPem } = await certificates
  const asked: LdapRequest[] = []
  const received: Buffer[] = []
  const sockets = new Set<Socket>()

  const serve = (socket: Socket, isEncrypted: boolean): void => {
    sockets.add(socket)
    socket.on('error', () => {})
    const onData = (bytes: Buffer): void => {
      received.push(bytes)
      const request = { ...readRequest(bytes), isEncrypted, bytes }
      asked.push(request)
      const told = answer(request)
      if (told === undefined) return
      if (Buffer.isBuffer(told)) {
        socket.write(told)
        return
      }
      socket.off('data', onData)
      socket.write(told.bytes)
      serve(new TLSSocket(socket, { isServer: true, cert: certificatePem, key: keyPem }), true)
    }
    socket.on('data', onData)
  }

  const server: Server = isClear
    ? createPlainServer((socket) => serve(socket, false))
    : createTlsServer({ cert: certificatePem, key: keyPem }, (socket) => serve(socket, true))
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const toPort = typeof address === 'object' && address !== null ? address.port : 0
  const rule = { host: TINY_LDAP_HOST, port: isClear ? 389 : 636, toAddress: '127.0.0.1', toPort }
  return {
    asked,
    received: () => Buffer.concat(received),
    network: {
      ...{ extraCaPem: [caPem], resolveRules: [rule], dnsServer: '127.0.0.1:9', concurrency: 4 },
      ...{ maxPhotoBytes: 1_000_000, log: silentLog },
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** One request comes in one piece here: all of them are short. */
function readRequest(bytes: Buffer): Pick<LdapRequest, 'kind' | 'id'> {
  const lengthBytes = (bytes[1] ?? 0) < 0x80 ? 0 : (bytes[1] ?? 0) & 0x7f
  const at = 2 + lengthBytes
  const idLength = bytes[at + 1] ?? 0
  const id = idLength === 0 || at + 2 + idLength > bytes.length ? 0 : bytes.readUIntBE(at + 2, idLength)
  return { id, kind: REQUESTS[bytes[at + 2 + idLength] ?? 0] ?? 'other' }
}

/** An element of BER. */
export function ber(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
  const length = content.length
  const head =
    length < 0x80 ? [length] : [0x84, length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255]
  return Buffer.concat([Buffer.from([tag, ...head]), content])
}

/** A message with this operation in it. */
export function ldapMessage(id: number, operation: Buffer): Buffer {
  return ber(0x30, ber(0x02, Buffer.from([id >>> 8, id & 255])), operation)
}

/** The end of an answer: `bind`, `search` or `extended`, with its result code. */
export function ldapResult(id: number, of: 'bind' | 'search' | 'extended', code = 0, referral?: string): Buffer {
  const tag = { bind: 0x61, search: 0x65, extended: 0x78 }[of]
  const parts = [ber(0x0a, Buffer.from([code])), ber(0x04, ''), ber(0x04, '')]
  if (referral !== undefined) parts.push(ber(0xa3, ber(0x04, referral)))
  return ldapMessage(id, ber(tag, ...parts))
}

/** An entry of an answer. */
export function ldapEntry(id: number, dn: string, attributes: Readonly<Record<string, readonly (string | Buffer)[]>>) {
  const written = Object.entries(attributes).map(([type, values]) =>
    ber(0x30, ber(0x04, type), ber(0x31, ...values.map((value) => ber(0x04, value)))),
  )
  return ldapMessage(id, ber(0x64, ber(0x04, dn), ber(0x30, ...written)))
}

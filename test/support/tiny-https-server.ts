import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import type { TlsOptions } from 'node:tls'
import type { NetworkOptions } from '../../src/main/core/connections/ports.ts'
import { type DemoCertificates, openCertificates } from '../../src/main/demo/sign-in/create-certificates.ts'
import { silentLog } from './manual-clock.ts'

/** The names the server's certificate is good for. */
export const TINY_HOST = 'mail.fjordline.example'

/** A server that answers as a test says, and remembers what it was asked. */
export interface TinyServer {
  /** `https://mail.fjordline.example`, or `http://127.0.0.1:port`. */
  readonly url: string
  readonly port: number
  readonly network: NetworkOptions
  readonly asked: { method: string; url: string; authorization: string | undefined }[]
  close(): Promise<void>
}

/** One over TLS. */
export interface TinyTlsServer extends TinyServer {
  readonly certificates: DemoCertificates
  /** Ends every connection, and shows this certificate from now on. */
  showCertificate(shown: DemoCertificates): void
}

export type TinyAnswer = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Starts it on 127.0.0.1, over TLS with a certificate for `TINY_HOST`.
 * @param tls over the server's own options; `isCaSent`: it shows its CA's certificate, too; `at`: where it listens instead
 */
export async function startTinyServer(
  answer: TinyAnswer,
  { isCaSent = false, at, ...tls }: TlsOptions & { readonly isCaSent?: boolean; readonly at?: Place } = {},
): Promise<TinyTlsServer> {
  const certificates = await openCertificates(null, Date.now())
  const { caPem, certificatePem, keyPem } = certificates
  const asked: TinyServer['asked'] = []
  const cert = isCaSent ? `${certificatePem}\n${caPem}` : certificatePem
  const server = createHttpsServer({ cert, key: keyPem, ...tls }, recorded(asked, answer))
  const port = await listen(server, at)
  return {
    ...{ url: `https://${TINY_HOST}`, port, asked, network: networkOf(port, [caPem]), close: () => stop(server) },
    certificates,
    showCertificate(shown) {
      server.setSecureContext({ cert: shown.certificatePem, key: shown.keyPem })
      server.closeAllConnections()
    },
  }
}

/** The same over plain http. */
export async function startPlainServer(answer: TinyAnswer): Promise<TinyServer> {
  const asked: TinyServer['asked'] = []
  const server = createServer(recorded(asked, answer))
  const port = await listen(server)
  return { url: `http://127.0.0.1:${port}`, port, asked, network: networkOf(port, []), close: () => stop(server) }
}

function recorded(asked: TinyServer['asked'], answer: TinyAnswer): TinyAnswer {
  return (request, response) => {
    const { method = '', url = '', headers } = request
    asked.push({ method, url, authorization: headers.authorization })
    request.resume()
    answer(request, response)
  }
}

function networkOf(port: number, extraCaPem: string[]): NetworkOptions {
  return {
    extraCaPem,
    resolveRules: [{ host: TINY_HOST, port: 443, toAddress: '127.0.0.1', toPort: port }],
    dnsServer: null,
    concurrency: 4,
    maxPhotoBytes: 1_000_000,
    log: silentLog,
  }
}

interface Place {
  readonly address: string
  readonly port: number
}

async function listen(server: Server, at: Place = { address: '127.0.0.1', port: 0 }): Promise<number> {
  await new Promise<void>((resolve) => server.listen(at.port, at.address, resolve))
  return (server.address() as AddressInfo).port
}

function stop(server: Server & { closeAllConnections(): void }): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

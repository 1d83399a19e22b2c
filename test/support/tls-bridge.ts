import type { AddressInfo } from 'node:net'
import { connect, createServer, type TlsOptions } from 'node:tls'
import { openCertificates } from '../../src/main/demo/sign-in/create-certificates.ts'

/** A load balancer that opens TLS and closes it again towards the server, with a certificate of its own. */
export interface TlsBridge {
  readonly port: number
  readonly caPem: string
  close(): Promise<void>
}

/**
 * @param behind the port on 127.0.0.1 of the server behind it, whose certificate it does not check
 * @param tls over its own options
 */
export async function startTlsBridge(behind: number, tls: TlsOptions = {}): Promise<TlsBridge> {
  const { caPem, certificatePem, keyPem } = await openCertificates(null, Date.now())
  const open = new Set<{ destroy(): unknown }>()
  const server = createServer({ cert: certificatePem, key: keyPem, ALPNProtocols: ['http/1.1'], ...tls }, (client) => {
    const onwards = connect({ port: behind, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
    for (const [socket, other] of [[client, onwards] as const, [onwards, client] as const]) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => other.destroy())
    }
    client.pipe(onwards).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    caPem,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

import tls from 'node:tls'
import type { StepEvidence } from '../../../shared/connections.ts'
import { createConnect, type SocketOptions } from './create-connect.ts'
import { readEvidence } from './wire-evidence.ts'

/**
 * Looks at the certificate of a host whose certificate was refused, so that the connection doctor can show it. The socket
 * carries nothing but the handshake, and is closed at once.
 * @returns null where no handshake came about
 */
export function inspectCertificate(origin: URL, options: SocketOptions): Promise<StepEvidence | null> {
  return new Promise((resolve) => {
    const connect = createConnect(origin, options, () => {}, { isUntrustedAllowed: true })
    const port = origin.port || '443'
    connect({ hostname: origin.hostname, host: origin.host, protocol: 'https:', port }, (error, socket) => {
      const evidence = error === null && socket instanceof tls.TLSSocket ? readEvidence(socket, null) : null
      socket?.destroy()
      resolve(evidence)
    })
  })
}

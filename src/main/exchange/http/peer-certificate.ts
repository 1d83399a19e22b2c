import type { X509Certificate } from 'node:crypto'
import type tls from 'node:tls'

const read = new WeakMap<tls.TLSSocket, X509Certificate>()

/**
 * The certificate the server showed on a socket. Node hands it out once for each socket and undefined after that, and both
 * the channel binding and the connection doctor need it: it is kept as long as its socket.
 */
export function peerCertificateOf(socket: tls.TLSSocket): X509Certificate | null {
  const known = read.get(socket)
  if (known !== undefined) return known
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return null
  read.set(socket, certificate)
  return certificate
}

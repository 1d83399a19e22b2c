import { randomBytes } from 'node:crypto'
import type tls from 'node:tls'
import type { Credentials } from '../../../core/connections/ports.ts'
import type { Line } from '../create-line.ts'
import { peerCertificateOf } from '../peer-certificate.ts'
import { readChallenges } from '../read-challenges.ts'
import type { HttpOutcome, HttpReply, HttpRequest } from '../reply.ts'
import { channelBindingOf } from './channel-binding.ts'
import { buildAuthenticateMessage, buildNegotiateMessage, readChallengeMessage } from './ntlm-messages.ts'

/** How a request that carried a handshake ended. */
export type HandshakeOutcome =
  /** Answered on this socket, which is signed in from now on. */
  | { readonly kind: 'signed-in'; readonly reply: HttpReply; readonly socket: tls.TLSSocket }
  /** The third message was answered with 401: one failed logon. */
  | { readonly kind: 'refused' }
  /** The server does not go along with NTLM; no logon was tried. */
  | { readonly kind: 'no-challenge'; readonly reply: HttpReply }
  | Extract<HttpOutcome, { kind: 'failed' }>

/**
 * Signs a socket in with the request itself: the first message goes out without the body, the third with it. After that
 * the socket needs no header.
 * @see MS-NTHT 3.1.5; protocol.md 4.3
 */
export async function sendWithNtlm(
  line: Line,
  request: HttpRequest,
  credentials: Credentials,
  origin: URL,
): Promise<HandshakeOutcome> {
  const negotiate = buildNegotiateMessage()
  const first = await line.send({ ...request, body: null, headers: withToken(request, negotiate) })
  if (first.kind !== 'reply') return first
  const socket = line.socket
  const token = readChallenges(first.reply).find((offer) => offer.scheme === 'ntlm')?.token ?? ''
  const challenge = readChallengeMessage(token)
  if (first.reply.status !== 401 || challenge === null) return { kind: 'no-challenge', reply: first.reply }
  if (socket === null) return lostSocket(origin)
  const authenticate = await buildAuthenticateMessage({
    ...credentials,
    host: origin.hostname,
    negotiate,
    challenge,
    channelBinding: bindingOf(socket),
    clientChallenge: randomBytes(8),
    nowMs: Date.now(),
  })
  // The server's challenge is good on its own socket only: on another one the answer would count as a failed logon.
  if (line.socket !== socket || socket.destroyed) return lostSocket(origin)
  const last = await line.send({ ...request, headers: withToken(request, authenticate) })
  if (last.kind !== 'reply') return last
  return last.reply.status === 401 ? { kind: 'refused' } : { kind: 'signed-in', reply: last.reply, socket }
}

function withToken(request: HttpRequest, message: Buffer): Record<string, string> {
  return { ...request.headers, authorization: `NTLM ${message.toString('base64')}` }
}

function bindingOf(socket: tls.TLSSocket): Buffer | null {
  const certificate = peerCertificateOf(socket)
  return certificate === null ? null : channelBindingOf(certificate.raw)
}

/** The socket closed in the middle of the handshake: nothing was refused, it may be tried again. */
function lostSocket(origin: URL): Extract<HttpOutcome, { kind: 'failed' }> {
  const error = { code: 'unreachable', endpoint: origin.origin, reason: 'ECONNRESET' } as const
  return { kind: 'failed', error, status: null, bodyBytes: 0 }
}

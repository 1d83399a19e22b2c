import { createDeadline } from './create-deadline.ts'
import type { SignedInOrigin, SignedInOutcome } from './create-signed-in-origin.ts'
import { decodeBody } from './decode-body.ts'
import type { HttpReply, HttpRequest } from './reply.ts'

/**
 * Bounds an origin against what a server or a proxy may do to an answer: one that drips ends after `longestMs`, however
 * lively it is, and one that was packed unasked is unpacked, up to the request's `maxBytes`.
 */
export function createBoundedOrigin(origin: SignedInOrigin, url: URL, longestMs: number): SignedInOrigin {
  return {
    get scheme() {
      return origin.scheme
    },
    async send(request) {
      const deadline = createDeadline(request.signal, longestMs)
      const outcome = await origin.send({ ...request, signal: deadline.signal }).finally(deadline.clear)
      if (outcome.kind === 'reply') return unpack(outcome.reply, request, url)
      const isLate = deadline.isOver() && outcome.kind === 'failed' && outcome.error.code === 'cancelled'
      return isLate
        ? { ...outcome, error: { code: 'unreachable', endpoint: url.origin, reason: 'ETIMEDOUT' } }
        : outcome
    },
    close: () => origin.close(),
  }
}

async function unpack(reply: HttpReply, { maxBytes }: HttpRequest, url: URL): Promise<SignedInOutcome> {
  const plain = await decodeBody(reply, maxBytes)
  if (plain.kind === 'plain') return { kind: 'reply', reply: plain.reply }
  const { status } = reply
  const error = { code: 'unexpected-answer', endpoint: url.origin, status, detail: plain.detail } as const
  return { kind: 'failed', error, status, bodyBytes: reply.body.length }
}

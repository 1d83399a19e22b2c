import { createDeadline } from './create-deadline.ts'
import type { SignedInOrigin, SignedInOutcome } from './create-signed-in-origin.ts'
import { decodeBody } from './decode-body.ts'
import { type HttpReply, type HttpRequest, headerOf } from './reply.ts'

/**
 * How long a byte that came lets an answer take besides (ms). So a line is only too slow below 1,000 bytes a second, and what
 * drips for ever still ends.
 */
const EXTRA_MS_A_BYTE = 1

/**
 * Bounds an origin against what a server or a proxy may do to an answer: one that drips ends after `longestMs` and a little
 * for what came of it, however lively it is, and one that was packed unasked is unpacked, up to the request's `maxBytes`.
 */
export function createBoundedOrigin(origin: SignedInOrigin, url: URL, longestMs: number): SignedInOrigin {
  return {
    get scheme() {
      return origin.scheme
    },
    async send(request) {
      const deadline = createDeadline(request.signal, longestMs)
      const onReceived = (bytes: number): void => deadline.extend(bytes * EXTRA_MS_A_BYTE)
      const outcome = await origin.send({ ...request, signal: deadline.signal, onReceived }).finally(deadline.clear)
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
  // Only a photo and a fault are read. Of everything else the status is the answer, whatever became of its body.
  if (status !== 200 && status !== 500) {
    return { kind: 'reply', reply: { ...reply, body: new Uint8Array(), packedBytes: reply.body.length } }
  }
  const error = { code: 'unexpected-answer', endpoint: url.origin, status, detail: plain.detail } as const
  return { kind: 'failed', error, status, bodyBytes: reply.body.length, contentType: headerOf(reply, 'content-type') }
}

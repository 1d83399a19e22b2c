import type { PhotoRoute } from '../../shared/connections.ts'
import type { AppError } from '../../shared/errors.ts'
import type { PhotoAnswer } from '../core/photos/ports.ts'
import type { PhotoWay } from './create-photo-source.ts'
import type { EwsOrigin, TracedOutcome } from './http/create-ews-origin.ts'
import type { SignedInOutcome } from './http/create-signed-in-origin.ts'
import { TOO_LONG } from './http/name-network-error.ts'
import { nameRefusal } from './http/name-refusal.ts'
import type { HttpReply } from './http/reply.ts'
import { photoUrl, readPhotoAnswer } from './operations/get-user-photo.ts'
import {
  buildGetUserPhoto,
  GET_USER_PHOTO_ACTION,
  readSoapPhotoAnswer,
  soapPhotoUrl,
} from './operations/get-user-photo-soap.ts'

/** Photos by plain GET below a URL. */
export function restWay(route: PhotoRoute, origin: EwsOrigin, baseUrl: URL, maxBytes: number): PhotoWay {
  return {
    route,
    async ask({ address, sizeCode, etag, signal }) {
      const url = photoUrl(baseUrl.href, address, sizeCode)
      const traced = await origin.send({
        method: 'GET',
        path: url.pathname + url.search,
        headers: etag === null ? {} : { 'if-none-match': etag },
        body: null,
        maxBytes,
        signal,
      })
      const answer = nameTraced(traced, url, url.href, (reply) => readPhotoAnswer(reply, url, address, Date.now()))
      if (!isTooLong(answer)) return answer
      return { ...answer, error: { code: 'photo-too-large', address, limitBytes: maxBytes } }
    },
  }
}

/** Photos by the SOAP operation, for servers that refuse plain requests. */
export function soapWay(
  post: (question: {
    action: string
    body: string
    etag: string | null
    signal: AbortSignal
  }) => Promise<TracedOutcome>,
  serverVersion: string,
  ewsUrl: URL,
): PhotoWay {
  return {
    route: 'soap',
    async ask({ address, sizeCode, etag, signal }) {
      const body = buildGetUserPhoto(serverVersion, address, sizeCode)
      const traced = await post({ action: GET_USER_PHOTO_ACTION, body, etag, signal })
      return nameTraced(traced, ewsUrl, soapPhotoUrl(ewsUrl), (reply) =>
        readSoapPhotoAnswer(reply, { url: ewsUrl, address, nowMs: Date.now() }),
      )
    },
  }
}

/** A 200 whose body was given up for its length: there is a photo, and it is too large. */
function isTooLong(answer: PhotoAnswer): answer is Extract<PhotoAnswer, { kind: 'failed' }> {
  if (answer.kind !== 'failed' || answer.status !== 200) return false
  return answer.error.code === 'unexpected-answer' && answer.error.detail === TOO_LONG
}

function nameTraced(
  { outcome, requestId }: TracedOutcome,
  url: URL,
  askedUrl: string,
  read: (reply: HttpReply) => PhotoAnswer,
): PhotoAnswer {
  if (outcome.kind === 'reply') return { ...read(outcome.reply), requestId }
  const status = outcome.kind === 'failed' ? outcome.status : outcome.reply.status
  const bodyBytes = outcome.kind === 'failed' ? outcome.bodyBytes : 0
  return { askedUrl, bodyBytes, requestId, kind: 'failed', status, error: nameOutcome(outcome, url) }
}

/** Names what is no reply to the question itself. */
export function nameOutcome(outcome: Exclude<SignedInOutcome, { kind: 'reply' }>, url: URL): AppError {
  if (outcome.kind === 'failed') return outcome.error
  const error = nameRefusal(outcome.reply, url, Date.now())
  return error.code === 'unexpected-answer' ? { ...error, detail: 'the server did not ask for a sign-in' } : error
}

import type { PhotoRoute } from '../../shared/connections.ts'
import type { AppError } from '../../shared/errors.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { PhotoAnswer } from '../core/photos/ports.ts'
import type { PhotoWay } from './create-photo-source.ts'
import type { EwsOrigin, TracedOutcome } from './http/create-ews-origin.ts'
import type { SignedInOutcome } from './http/create-signed-in-origin.ts'
import { TOO_LONG } from './http/name-network-error.ts'
import { nameRefusal } from './http/name-refusal.ts'
import type { HttpReply } from './http/reply.ts'
import { isPageType, photoUrl, readPhotoAnswer } from './operations/get-user-photo.ts'
import {
  buildGetUserPhoto,
  GET_USER_PHOTO_ACTION,
  readSoapPhotoAnswer,
  soapPhotoUrl,
} from './operations/get-user-photo-soap.ts'

/** How long base64 makes a picture, line breaks included; and what stands around it at most (bytes). */
const BASE64_BYTES_A_BYTE = (4 / 3) * (78 / 76)
const ENVELOPE_BYTES = 64_000

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
      const asked = { askedUrl: url.href, address, maxBytes, isPhotoType: (type: string) => !isPageType(type) }
      return nameTraced(traced, url, asked, (reply) => readPhotoAnswer(reply, url, address, Date.now()))
    },
  }
}

/** Photos by the SOAP operation, for servers that refuse plain requests. */
export function soapWay(
  post: (question: {
    action: string
    body: string
    etag: string | null
    maxBytes: number
    signal: AbortSignal
  }) => Promise<TracedOutcome>,
  serverVersion: string,
  ewsUrl: URL,
  maxBytes: number,
): PhotoWay {
  return {
    route: 'soap',
    async ask({ address, sizeCode, etag, signal }) {
      const body = buildGetUserPhoto(serverVersion, address, sizeCode)
      const traced = await post({
        ...{ action: GET_USER_PHOTO_ACTION, body, etag, signal },
        maxBytes: Math.ceil(maxBytes * BASE64_BYTES_A_BYTE) + ENVELOPE_BYTES,
      })
      const asked = {
        askedUrl: soapPhotoUrl(ewsUrl),
        address,
        maxBytes,
        isPhotoType: (type: string) => !/html/i.test(type),
      }
      return nameTraced(traced, ewsUrl, asked, (reply) =>
        readSoapPhotoAnswer(reply, { url: ewsUrl, address, nowMs: Date.now() }),
      )
    },
  }
}

/** A question, for an answer without a reply to be named. */
interface Asked {
  readonly askedUrl: string
  readonly address: SmtpAddress
  readonly maxBytes: number
  /** Whether an answer of this Content-Type would be a photo. */
  readonly isPhotoType: (contentType: string) => boolean
}

function nameTraced(
  { outcome, requestId }: TracedOutcome,
  url: URL,
  asked: Asked,
  read: (reply: HttpReply) => PhotoAnswer,
): PhotoAnswer {
  const { askedUrl, address, maxBytes } = asked
  const tooLarge: AppError = { code: 'photo-too-large', address, limitBytes: maxBytes }
  if (outcome.kind === 'reply') {
    const answer = { ...read(outcome.reply), requestId }
    if (answer.kind !== 'photo' || answer.bytes.length <= maxBytes) return answer
    return { askedUrl, bodyBytes: answer.bodyBytes, requestId, kind: 'failed', status: 200, error: tooLarge }
  }
  const status = outcome.kind === 'failed' ? outcome.status : outcome.reply.status
  const bodyBytes = outcome.kind === 'failed' ? outcome.bodyBytes : 0
  const error = isEndlessPhoto(outcome, asked) ? tooLarge : nameOutcome(outcome, url)
  return { askedUrl, bodyBytes, requestId, kind: 'failed', status, error }
}

/** A 200 whose body was given up for its length: there is a photo, and it is too large. A page without end is a page. */
function isEndlessPhoto(outcome: Exclude<SignedInOutcome, { kind: 'reply' }>, { isPhotoType }: Asked): boolean {
  if (outcome.kind !== 'failed' || outcome.status !== 200 || !isTooLong(outcome.error)) return false
  return isPhotoType(outcome.contentType ?? '')
}

function isTooLong(error: AppError): boolean {
  return error.code === 'unexpected-answer' && error.detail === TOO_LONG
}

/** Names what is no reply to the question itself. */
export function nameOutcome(outcome: Exclude<SignedInOutcome, { kind: 'reply' }>, url: URL): AppError {
  if (outcome.kind === 'failed') return outcome.error
  const error = nameRefusal(outcome.reply, url, Date.now())
  return error.code === 'unexpected-answer' ? { ...error, detail: 'the server did not ask for a sign-in' } : error
}

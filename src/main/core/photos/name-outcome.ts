import { assertNever } from '../../../shared/assert-never.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { PhotoOutcome } from '../../../shared/photos.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { HeldPhoto, PhotoAnswer, PhotoChange, StoredPicture } from './ports.ts'

/** Names what an answer came to, compared with what was held before it. */
export function nameOutcome(before: HeldPhoto | null, change: PhotoChange): PhotoOutcome {
  switch (change.kind) {
    case 'photo':
      if (before?.record.verdict !== 'photo') return 'new'
      return before.record.contentHash === change.picture.contentHash ? 'same' : 'changed'
    case 'not-modified':
      return 'same'
    case 'absent':
      return 'none'
    case 'refused':
      return 'failed'
    case 'failed':
      return isNotAvailable(change.error) ? 'not-available' : 'failed'
    default:
      return assertNever(change)
  }
}

/** The server will not tell about this person here: a verdict of its own, neither "none" nor a failure (F53). */
export function isNotAvailable(error: AppError): boolean {
  return error.code === 'forbidden' || error.code === 'unknown-person'
}

/**
 * Makes of an answer what is to be kept. A body that is no whole picture never replaces a good one. Where the framing vouches
 * for it, it is what the server has: evidence. Where not, it may have been cut off on the way, and is a failed attempt.
 * @param asked.isHeld whether a picture is held that a 304 can speak of
 * @param asked.isGoodHeld whether a picture is held, bytes and all, that decodes
 * @param picture the picture of a `photo` answer, looked at; null for every other kind
 * @param asked.hadFailed whether the attempt before had failed
 */
export function toPhotoChange(
  asked: {
    readonly address: SmtpAddress
    readonly sizeCode: SizeCode
    readonly atMs: number
    readonly isHeld: boolean
    readonly hadFailed?: boolean
    readonly isGoodHeld: boolean
  },
  answer: PhotoAnswer,
  picture: StoredPicture | null,
): PhotoChange {
  const { askedUrl, requestId } = answer
  const base = {
    ...{ address: asked.address, sizeCode: asked.sizeCode, atMs: asked.atMs, askedUrl },
    ...(requestId !== undefined && { requestId }),
  }
  switch (answer.kind) {
    case 'photo': {
      if (picture === null) throw new Error('a photo answer without its picture')
      const { etag, contentType, freshUntilMs } = answer
      if (!picture.facts.isDecodable && !answer.isWhole) {
        return { ...base, kind: 'failed', status: 200, error: cutOff(askedUrl) }
      }
      const kind = picture.facts.isDecodable || !asked.isGoodHeld ? 'photo' : 'refused'
      return { ...base, kind, picture, etag, contentType, freshUntilMs }
    }
    case 'not-modified':
      if (asked.isHeld) {
        const { hadFailed } = asked
        const { freshUntilMs } = answer
        return {
          ...{ ...base, kind: 'not-modified', freshUntilMs, ...wordOf(answer) },
          ...(hadFailed === undefined ? {} : { hadFailed }),
        }
      }
      return { ...base, kind: 'failed', status: answer.status, error: unaskedNotModified(askedUrl, answer.status) }
    case 'absent':
      return { ...base, kind: 'absent', ...wordOf(answer) }
    case 'failed':
      return { ...base, kind: 'failed', status: answer.status, error: answer.error }
    default:
      return assertNever(answer)
  }
}

/** By what the server said it: an HTTP status, over SOAP with the answer's own word beside it. */
function wordOf({ status, soapAnswer }: Extract<PhotoAnswer, { kind: 'not-modified' | 'absent' }>) {
  return { status, ...(soapAnswer !== undefined && { soapAnswer }) }
}

/** Over SOAP the status was not what said it, and is not told. */
function unaskedNotModified(askedUrl: string, status: number): AppError {
  const detail = 'not modified, although no picture was held'
  return { code: 'unexpected-answer', endpoint: originOf(askedUrl), status: status === 304 ? 304 : null, detail }
}

function cutOff(askedUrl: string): AppError {
  const detail = 'the picture is not whole, and nothing says that it should be longer'
  return { code: 'unexpected-answer', endpoint: originOf(askedUrl), status: 200, detail }
}

function originOf(askedUrl: string): string {
  return URL.canParse(askedUrl) ? new URL(askedUrl).origin : askedUrl
}

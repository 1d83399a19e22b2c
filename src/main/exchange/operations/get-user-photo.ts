import type { AppError } from '../../../shared/errors.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { PhotoAnswer } from '../../core/photos/ports.ts'
import { nameRefusal } from '../http/name-refusal.ts'
import { readFreshUntil } from '../http/read-freshness.ts'
import { type HttpReply, headerOf, textOf } from '../http/reply.ts'
import { parseXml } from '../soap/parse-xml.ts'
import { nameFault } from '../soap/read-ews-answer.ts'

/**
 * Where a photo is asked for. Address and size are percent-encoded, the separator is a bare `&` (protocol.md 0.2).
 * @param baseUrl the photos URL where the server names one, else the EWS URL
 * @see MS-OXWSPHOTO 3.1.5.1.1
 */
export function photoUrl(baseUrl: string, address: SmtpAddress, sizeCode: SizeCode): URL {
  const base = baseUrl.replace(/\/+$/, '').replace(/\/s(?:\/GetUserPhoto)?$/i, '')
  return new URL(`${base}/s/GetUserPhoto?email=${encodeURIComponent(address)}&size=${encodeURIComponent(sizeCode)}`)
}

/** Content types of a page or a message to people, which no server gives a photo. */
const PAGE_TYPE = /^\s*(text\/|application\/(xhtml\+xml|xml|json|soap\+xml))/i

/**
 * Names an answer of the REST endpoint. A 200 is a photo, however broken or empty its bytes are: the core looks at them.
 * Only a page (by its type, or by its bytes where there is no type) is not.
 * @see MS-OXWSPHOTO 3.1.5.1.1; protocol.md 1.2
 */
export function readPhotoAnswer(reply: HttpReply, url: URL, address: SmtpAddress, nowMs: number): PhotoAnswer {
  const asked = { askedUrl: url.href, bodyBytes: reply.packedBytes ?? reply.body.length }
  switch (reply.status) {
    case 200: {
      const contentType = headerOf(reply, 'content-type')
      if (isPage(contentType, reply.body)) {
        const detail = 'a web page in place of a photo'
        const error: AppError = { code: 'unexpected-answer', endpoint: url.origin, status: 200, detail }
        return { ...asked, kind: 'failed', status: 200, error }
      }
      const etag = headerOf(reply, 'etag')
      return {
        ...asked,
        kind: 'photo',
        status: 200,
        bytes: reply.body,
        isWhole: isFramed(reply),
        etag,
        contentType,
        freshUntilMs: photoFreshUntil(reply, nowMs),
      }
    }
    case 304:
      return { ...asked, kind: 'not-modified', status: 304, freshUntilMs: photoFreshUntil(reply, nowMs) }
    case 404:
      return { ...asked, kind: 'absent', status: 404 }
    default:
      return { ...asked, kind: 'failed', status: reply.status, error: nameFailure(reply, url, address, nowMs) }
  }
}

/** A fault may say more than its status: busy, or a mailbox that is not served here. */
function nameFailure(reply: HttpReply, url: URL, address: SmtpAddress, nowMs: number): AppError {
  const document = reply.status === 500 ? parseXml(textOf(reply)) : null
  const fault = document === null ? null : nameFault(document, { reply, url, nowMs, subject: address })
  return fault ?? nameRefusal(reply, url, nowMs)
}

/** Whether the end of the body is told apart from the end of the connection (RFC 9112 6.3). */
function isFramed(reply: HttpReply): boolean {
  return headerOf(reply, 'content-length') !== null || /chunked/i.test(headerOf(reply, 'transfer-encoding') ?? '')
}

/** Whether a Content-Type is that of a page or a message, and not of a photo. */
export function isPageType(contentType: string): boolean {
  return PAGE_TYPE.test(contentType)
}

function isPage(contentType: string | null, body: Uint8Array): boolean {
  if (contentType !== null) return isPageType(contentType) && !hasPictureMagic(body)
  return /^\s*<(!doctype|html|\?xml)/i.test(Buffer.from(body.subarray(0, 64)).toString('latin1'))
}

/** JPEG, PNG, GIF, BMP or RIFF (WebP). */
function hasPictureMagic(body: Uint8Array): boolean {
  return /^(\xff\xd8\xff|\x89PNG|GIF8|BM|RIFF)/.test(Buffer.from(body.subarray(0, 4)).toString('latin1'))
}

/** Until when the server says that its answer about a photo stays true (ms since 1970). */
export function photoFreshUntil(reply: HttpReply, nowMs: number): number | null {
  const headers = {
    cacheControl: headerOf(reply, 'cache-control'),
    expires: headerOf(reply, 'expires'),
    date: headerOf(reply, 'date'),
  }
  return readFreshUntil(headers, nowMs)
}

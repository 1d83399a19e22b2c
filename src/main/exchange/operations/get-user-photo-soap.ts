import type { AppError } from '../../../shared/errors.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { PhotoAnswer } from '../../core/photos/ports.ts'
import { type HttpReply, headerOf } from '../http/reply.ts'
import { buildEwsEnvelope, escapeXml } from '../soap/build-envelope.ts'
import { childOf, childText, type XmlElement } from '../soap/parse-xml.ts'
import { readEwsAnswer } from '../soap/read-ews-answer.ts'
import { photoFreshUntil } from './get-user-photo.ts'

/** SOAPAction of GetUserPhoto. */
export const GET_USER_PHOTO_ACTION = 'http://schemas.microsoft.com/exchange/services/2006/messages/GetUserPhoto'

/** Asks for one photo. Email comes before SizeRequested, and nothing after it. @see MS-OXWSCONT, GetUserPhotoType */
export function buildGetUserPhoto(serverVersion: string, address: SmtpAddress, sizeCode: SizeCode): string {
  return buildEwsEnvelope(
    serverVersion,
    `<m:GetUserPhoto><m:Email>${escapeXml(address)}</m:Email><m:SizeRequested>${sizeCode}</m:SizeRequested></m:GetUserPhoto>`,
  )
}

/** What the question was, for the answer to be judged. */
export interface SoapPhotoQuestion {
  readonly url: URL
  readonly address: SmtpAddress
  readonly nowMs: number
}

/**
 * The EWS URL as evidence: the operation stands in the fragment, which is never sent, because address and size are in the body.
 */
export function soapPhotoUrl(ewsUrl: URL): string {
  return `${ewsUrl.href}#GetUserPhoto`
}

/**
 * Names an answer of the SOAP operation. The response is itself the response message. `HasChanged` without `PictureData`
 * means that there is no photo; false, that it is the one of If-None-Match. `ContentType` may be missing: the bytes tell.
 * @see protocol.md 1.4; MS-OXWSCONT, GetUserPhotoResponseMessageType
 */
export function readSoapPhotoAnswer(reply: HttpReply, question: SoapPhotoQuestion): PhotoAnswer {
  const { url, address, nowMs } = question
  const asked = { askedUrl: soapPhotoUrl(url), bodyBytes: reply.packedBytes ?? reply.body.length }
  if (reply.status === 404) return { ...asked, kind: 'absent', status: 404 }
  const context = { reply, url, nowMs, subject: address }
  const answer = readEwsAnswer(context, 'GetUserPhotoResponse', ['NoError', 'ErrorItemNotFound'])
  if (!answer.ok) return { ...asked, kind: 'failed', status: reply.status, error: nameFailure(answer.error, url) }
  if (childText(answer.value, 'ResponseCode') === 'ErrorItemNotFound') {
    return { ...asked, kind: 'absent', status: reply.status, soapAnswer: 'item-not-found' }
  }
  const freshUntilMs = photoFreshUntil(reply, nowMs)
  const data = pictureDataOf(answer.value)
  if (data === '') {
    const hasChanged = childText(answer.value, 'HasChanged').toLowerCase() !== 'false'
    if (hasChanged) return { ...asked, kind: 'absent', status: reply.status, soapAnswer: 'no-picture-data' }
    return { ...asked, kind: 'not-modified', status: reply.status, soapAnswer: 'unchanged', freshUntilMs }
  }
  const bytes = decodeBase64(data)
  if (bytes === null) {
    const detail = 'the picture data is not base64'
    return { ...asked, kind: 'failed', status: reply.status, error: unexpected(url, reply.status, detail) }
  }
  const contentType = childText(answer.value, 'ContentType') || null
  return {
    ...asked,
    kind: 'photo',
    status: 200,
    bytes,
    // Half of it would be no XML.
    isWhole: true,
    etag: headerOf(reply, 'etag'),
    contentType,
    freshUntilMs,
  }
}

function pictureDataOf(response: XmlElement): string {
  return (childOf(response, 'PictureData')?.text ?? '').replace(/\s+/g, '')
}

/** Null for what is not base64 from end to end: half a picture would look like a whole one. */
function decodeBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null
  return Buffer.from(text, 'base64')
}

/** Codes that say more about photos than about EWS at large. */
function nameFailure(error: AppError, url: URL): AppError {
  if (error.code !== 'unexpected-answer') return error
  if (error.detail.endsWith('ErrorInvalidServerVersion')) {
    return { code: 'not-supported', feature: 'Photos of an Exchange older than 2013' }
  }
  if (error.detail.endsWith('ErrorInvalidPhotoSize')) return unexpected(url, null, 'the server does not know this size')
  return error
}

/** `status` is null where it was not the status that said it. */
function unexpected(url: URL, status: number | null, detail: string): AppError {
  return { code: 'unexpected-answer', endpoint: url.origin, status, detail }
}

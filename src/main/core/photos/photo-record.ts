import type { PhotoRecord } from '../../../shared/photos.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { HeldPhoto } from './ports.ts'

/** What is known of a (mailbox, size code) that was never asked: nothing. */
export function neverAsked(address: SmtpAddress, sizeCode: SizeCode): HeldPhoto {
  const record: PhotoRecord = {
    address,
    sizeCode,
    verdict: 'not-asked',
    contentHash: null,
    etag: null,
    contentType: null,
    format: null,
    isDecodable: null,
    widthPx: null,
    heightPx: null,
    bytes: null,
    hasLocation: null,
    status: null,
    soapAnswer: null,
    requestId: null,
    askedUrl: null,
    server: null,
    servedFrom: null,
    firstSeenMs: null,
    changedMs: null,
    checkedMs: null,
    askedMs: null,
    isRemoved: false,
    isEtagTrusted: true,
    refused: null,
    error: null,
  }
  return { record, freshUntilMs: null }
}

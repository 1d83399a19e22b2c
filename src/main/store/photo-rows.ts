import { z } from 'zod'
import { appErrorSchema } from '../../shared/errors.ts'
import type { PhotoRecord, PhotoVersion, PictureFormat, RefusedBody, SoapPhotoAnswer } from '../../shared/photos.ts'
import { SIZE_CODES, type SizeCode, sizeCodePx } from '../../shared/size-codes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { HeldPhoto } from '../core/photos/ports.ts'
import { fromUrlTemplate } from './asked-url.ts'

/** A row of `photo` joined with its picture and the URLs that were asked. STRICT tables and CHECKs vouch for the types. */
export interface PhotoRow {
  readonly mailbox_id: number
  readonly address: SmtpAddress
  readonly size_px: number
  readonly verdict: 'photo' | 'absent' | null
  /** Lower-case hex. */
  readonly content_hash: string | null
  readonly bytes: number | null
  readonly format: PictureFormat | null
  readonly width_px: number | null
  readonly height_px: number | null
  readonly is_decodable: 0 | 1 | null
  readonly has_location: 0 | 1 | null
  readonly etag: string | null
  readonly content_type: string | null
  readonly first_seen_ms: number | null
  readonly changed_ms: number | null
  readonly verdict_ms: number | null
  readonly verdict_status: number | null
  readonly verdict_url: string | null
  readonly verdict_request_id: string | null
  readonly soap_answer: SoapPhotoAnswer | null
  readonly fresh_until_ms: number | null
  readonly failure_ms: number | null
  readonly failure_status: number | null
  readonly failure_url: string | null
  readonly failure_request_id: string | null
  readonly failure: string | null
  readonly is_etag_trusted: 0 | 1
  readonly refused_ms: number | null
  readonly refused_hash: string | null
  readonly refused_bytes: number | null
  readonly refused_type: string | null
  readonly refused_etag: string | null
  readonly refused_format: PictureFormat | null
  readonly refused_width_px: number | null
  readonly refused_height_px: number | null
}

/** The columns of a PhotoRow, and where each comes from. */
const COLUMNS = {
  mailbox_id: 'photo.mailbox_id',
  address: 'mailbox.address',
  size_px: 'photo.size_px',
  verdict: 'verdict',
  content_hash: 'lower(hex(picture.content_hash))',
  bytes: 'picture.bytes',
  format: 'picture.format',
  width_px: 'picture.width_px',
  height_px: 'picture.height_px',
  is_decodable: 'picture.is_decodable',
  has_location: 'picture.has_location',
  etag: 'photo.etag',
  content_type: 'photo.content_type',
  first_seen_ms: 'first_seen_ms',
  changed_ms: 'changed_ms',
  verdict_ms: 'verdict_ms',
  verdict_status: 'verdict_status',
  verdict_url: 'verdict_url.template',
  verdict_request_id: 'verdict_request_id',
  soap_answer: 'soap_answer',
  fresh_until_ms: 'fresh_until_ms',
  failure_ms: 'failure_ms',
  failure_status: 'failure_status',
  failure_url: 'failure_url.template',
  failure_request_id: 'failure_request_id',
  failure: 'failure',
  is_etag_trusted: 'is_etag_trusted',
  refused_ms: 'refused_body.at_ms',
  refused_hash: 'lower(hex(refused.content_hash))',
  refused_bytes: 'refused.bytes',
  refused_type: 'refused_body.content_type',
  refused_etag: 'refused_body.etag',
  refused_format: 'refused.format',
  refused_width_px: 'refused.width_px',
  refused_height_px: 'refused.height_px',
} as const satisfies Record<keyof PhotoRow, string>

/**
 * Reads PhotoRows, each as one JSON text for `parsePhotoRow`; a condition and an order follow. One value that crosses from
 * SQLite costs less than half of what twenty-three do.
 */
export const SELECT_PHOTO = `
  SELECT json_object(${Object.entries(COLUMNS)
    .map(([name, source]) => `'${name}', ${source}`)
    .join(', ')})
  FROM photo
  JOIN mailbox ON mailbox.id = photo.mailbox_id
  LEFT JOIN picture ON picture.id = photo.picture_id
  LEFT JOIN asked_url AS verdict_url ON verdict_url.id = photo.verdict_url_id
  LEFT JOIN asked_url AS failure_url ON failure_url.id = photo.failure_url_id
  LEFT JOIN refused_body ON refused_body.mailbox_id = photo.mailbox_id AND refused_body.size_px = photo.size_px
  LEFT JOIN picture AS refused ON refused.id = refused_body.picture_id`

/** A row that SELECT_PHOTO read. */
export function parsePhotoRow(text: string): PhotoRow {
  const row: PhotoRow = JSON.parse(text)
  // Of no picture at all, hex() makes an empty text.
  return row.content_hash === '' ? { ...row, content_hash: null } : row
}

const SIZE_CODE_OF_PX: ReadonlyMap<number, SizeCode> = new Map(SIZE_CODES.map((code) => [sizeCodePx(code), code]))

/** The size code of a side in px. One that this version does not know is a bug in a migration. */
export function sizeCodeOfPx(sizePx: number): SizeCode {
  const sizeCode = SIZE_CODE_OF_PX.get(sizePx)
  if (sizeCode === undefined) throw new Error(`unknown size in the library: ${sizePx}`)
  return sizeCode
}

/** What a row says. A damaged reason is a bug in a migration. */
export function toHeldPhoto(row: PhotoRow): HeldPhoto {
  const sizeCode = sizeCodeOfPx(row.size_px)
  const hasFailed = row.failure !== null
  const template = hasFailed ? row.failure_url : row.verdict_url
  const askedUrl = template === null ? null : fromUrlTemplate(template, row.address, sizeCode)
  const record: PhotoRecord = {
    address: row.address,
    sizeCode,
    verdict: row.verdict ?? 'not-asked',
    contentHash: row.content_hash,
    etag: row.etag,
    contentType: row.content_type,
    format: row.format,
    isDecodable: toBoolean(row.is_decodable),
    widthPx: row.width_px,
    heightPx: row.height_px,
    bytes: row.bytes,
    hasLocation: toBoolean(row.has_location),
    status: hasFailed ? row.failure_status : row.verdict_status,
    soapAnswer: hasFailed ? null : row.soap_answer,
    requestId: hasFailed ? row.failure_request_id : row.verdict_request_id,
    askedUrl,
    server: template === null ? null : hostOf(template),
    servedFrom: row.verdict === null ? null : hasFailed || isConfirmed(row) ? 'library' : 'wire',
    firstSeenMs: row.first_seen_ms,
    changedMs: row.changed_ms,
    checkedMs: row.verdict_ms,
    askedMs: hasFailed ? row.failure_ms : row.verdict_ms,
    isRemoved: row.verdict === 'absent' && row.first_seen_ms !== null,
    isEtagTrusted: row.is_etag_trusted === 1,
    refused: toRefusedBody(row),
    error: row.failure === null ? null : errorJson.parse(row.failure),
  }
  return { record, freshUntilMs: row.fresh_until_ms }
}

/** The server only said that what is held still holds. */
function isConfirmed(row: PhotoRow): boolean {
  return row.verdict_status === 304 || row.soap_answer === 'unchanged'
}

/** Hosts of the few templates there are; parsing one for each row would cost more than reading it. */
const HOSTS = new Map<string, string | null>()

function hostOf(template: string): string | null {
  const known = HOSTS.get(template)
  if (known !== undefined) return known
  const host = URL.canParse(template) ? new URL(template).host : null
  if (HOSTS.size < 1_000) HOSTS.set(template, host)
  return host
}

function toRefusedBody(row: PhotoRow): RefusedBody | null {
  const { refused_ms: atMs, refused_hash: hash, refused_bytes: bytes, refused_format: format } = row
  if (atMs === null || hash === null || bytes === null || format === null) return null
  return {
    atMs,
    contentHash: hash,
    bytes,
    contentType: row.refused_type,
    etag: row.refused_etag,
    format,
    widthPx: row.refused_width_px,
    heightPx: row.refused_height_px,
  }
}

/** A row of `photo_history` joined with its picture. */
export interface VersionRow {
  readonly size_px: number
  readonly content_hash: Uint8Array
  readonly bytes: number
  readonly format: PictureFormat
  readonly is_decodable: 0 | 1
  readonly width_px: number | null
  readonly height_px: number | null
  readonly from_ms: number
  readonly until_ms: number
}

/** What a row says of an earlier picture. */
export function toPhotoVersion(row: VersionRow): PhotoVersion {
  return {
    sizeCode: sizeCodeOfPx(row.size_px),
    contentHash: toHex(row.content_hash),
    fromMs: row.from_ms,
    untilMs: row.until_ms,
    format: row.format,
    isDecodable: row.is_decodable === 1,
    widthPx: row.width_px,
    heightPx: row.height_px,
    bytes: row.bytes,
  }
}

const errorJson = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(appErrorSchema)

function toBoolean(value: 0 | 1 | null): boolean | null {
  return value === null ? null : value === 1
}

/** A BLOB of a hash in lower-case hex. */
export function toHex(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('hex')
}

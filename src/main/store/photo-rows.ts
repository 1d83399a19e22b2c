import { z } from 'zod'
import { appErrorSchema } from '../../shared/errors.ts'
import type { PhotoRecord, PictureFormat } from '../../shared/photos.ts'
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
  readonly fresh_until_ms: number | null
  readonly failure_ms: number | null
  readonly failure_status: number | null
  readonly failure_url: string | null
  readonly failure: string | null
}

/** The columns of a PhotoRow, and where each comes from. */
const COLUMNS = {
  mailbox_id: 'photo.mailbox_id',
  address: 'mailbox.address',
  size_px: 'photo.size_px',
  verdict: 'verdict',
  content_hash: 'lower(hex(content_hash))',
  bytes: 'picture.bytes',
  format: 'format',
  width_px: 'width_px',
  height_px: 'height_px',
  is_decodable: 'is_decodable',
  has_location: 'has_location',
  etag: 'etag',
  content_type: 'content_type',
  first_seen_ms: 'first_seen_ms',
  changed_ms: 'changed_ms',
  verdict_ms: 'verdict_ms',
  verdict_status: 'verdict_status',
  verdict_url: 'verdict_url.template',
  fresh_until_ms: 'fresh_until_ms',
  failure_ms: 'failure_ms',
  failure_status: 'failure_status',
  failure_url: 'failure_url.template',
  failure: 'failure',
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
  LEFT JOIN asked_url AS failure_url ON failure_url.id = photo.failure_url_id`

/** A row that SELECT_PHOTO read. */
export function parsePhotoRow(text: string): PhotoRow {
  const row: PhotoRow = JSON.parse(text)
  // Of no picture at all, hex() makes an empty text.
  return row.content_hash === '' ? { ...row, content_hash: null } : row
}

const SIZE_CODE_OF_PX: ReadonlyMap<number, SizeCode> = new Map(SIZE_CODES.map((code) => [sizeCodePx(code), code]))

/** What a row says. A size that this version does not know, or a damaged reason, is a bug in a migration. */
export function toHeldPhoto(row: PhotoRow): HeldPhoto {
  const sizeCode = SIZE_CODE_OF_PX.get(row.size_px)
  if (sizeCode === undefined) throw new Error(`unknown size in the library: ${row.size_px}`)
  const hasFailed = row.failure !== null
  const template = hasFailed ? row.failure_url : row.verdict_url
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
    askedUrl: template === null ? null : fromUrlTemplate(template, row.address, sizeCode),
    firstSeenMs: row.first_seen_ms,
    changedMs: row.changed_ms,
    checkedMs: row.verdict_ms,
    error: row.failure === null ? null : errorJson.parse(row.failure),
  }
  return { record, freshUntilMs: row.fresh_until_ms }
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

import { DEFAULT_AUDIT_POLICY } from '../../../shared/audit.ts'
import type { ExportSize } from '../../../shared/export-size.ts'
import type { PhotoRecord } from '../../../shared/photos.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { LARGEST_SIZE_CODE, type SizeCode } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { assessPhoto } from '../audit/assess-photo.ts'
import type { HeldPhoto, PhotoRepository } from '../photos/ports.ts'
import { pictureExtension } from './picture-extension.ts'
import type { PictureResizer } from './ports.ts'

/** Where an export gets its pictures from. */
export interface PictureShelf {
  readonly photos: Pick<PhotoRepository, 'listForPerson' | 'readBytes'>
  /** From the library when it is fresh, otherwise asked; `isForced` asks in any case. Never rejects. */
  ensurePhoto(address: SmtpAddress, sizeCode: SizeCode, options: { isForced: boolean }): Promise<HeldPhoto>
  readonly resizer: PictureResizer
}

/** What is written for one person. */
export interface ExportPicture {
  readonly bytes: Uint8Array
  /** By what the bytes are, such as `.jpg`. */
  readonly extension: string
}

/**
 * Gets one person's picture ready. A size code: the bytes as received, untouched. A width: the largest picture scaled down,
 * or passed as it is where it is not wider; never scaled up (F73).
 * @returns fails with `no-photo`, `photo-unreadable`, or with what kept the server from answering
 */
export async function getExportPicture(
  shelf: PictureShelf,
  address: SmtpAddress,
  size: ExportSize,
): Promise<Result<ExportPicture>> {
  if (size.kind === 'size-code') return getAsReceived(shelf, address, size.sizeCode)
  const source = await findSource(shelf, address, size.widthPx)
  if (!source.ok) return source
  const { record, bytes } = source.value
  if (record.isDecodable === false) return fail({ code: 'photo-unreadable', address })
  const resized = await shelf.resizer.resize(bytes, size.widthPx, address)
  if (!resized.ok) return resized
  if (resized.value === bytes) return ok(asReceived(record, bytes))
  return ok({ bytes: resized.value, extension: pictureExtension('jpeg') })
}

interface HeldPicture {
  readonly record: PhotoRecord
  readonly bytes: Uint8Array
}

async function getAsReceived(
  shelf: PictureShelf,
  address: SmtpAddress,
  sizeCode: SizeCode,
): Promise<Result<ExportPicture>> {
  const held = await getHeld(shelf, address, sizeCode)
  if (!held.ok) return held
  const { record, bytes } = held.value
  return bytes.length === 0 ? fail({ code: 'photo-unreadable', address }) : ok(asReceived(record, bytes))
}

function asReceived(record: PhotoRecord, bytes: Uint8Array): ExportPicture {
  return { bytes, extension: pictureExtension(record.format ?? 'unknown') }
}

/** The largest picture; when the server cannot be asked for it, the best that is held, if it is wide enough. */
async function findSource(shelf: PictureShelf, address: SmtpAddress, widthPx: number): Promise<Result<HeldPicture>> {
  const largest = await getHeld(shelf, address, LARGEST_SIZE_CODE)
  if (largest.ok || largest.error.code === 'no-photo' || largest.error.code === 'cancelled') return largest
  const records = shelf.photos.listForPerson(address).map((held) => held.record)
  const { best } = assessPhoto(records, DEFAULT_AUDIT_POLICY)
  if (best === null || best.contentHash === null || (best.widthPx ?? 0) < widthPx) return largest
  const bytes = shelf.photos.readBytes(best.contentHash)
  return bytes === null ? largest : ok({ record: best, bytes })
}

/** Makes sure of one photo and reads its bytes. Bytes that are damaged in the library are asked for once more. */
async function getHeld(shelf: PictureShelf, address: SmtpAddress, sizeCode: SizeCode): Promise<Result<HeldPicture>> {
  const first = readHeld(shelf, (await shelf.ensurePhoto(address, sizeCode, { isForced: false })).record)
  if (first !== null) return first
  const second = readHeld(shelf, (await shelf.ensurePhoto(address, sizeCode, { isForced: true })).record)
  return second ?? fail({ code: 'photo-unreadable', address })
}

/** Null when there should be bytes but there are none. A held picture is good although the last attempt failed. */
function readHeld(shelf: PictureShelf, record: PhotoRecord): Result<HeldPicture> | null {
  const { address, verdict, contentHash, error } = record
  if (error?.code === 'cancelled') return fail(error)
  if (verdict === 'photo' && contentHash !== null) {
    const bytes = shelf.photos.readBytes(contentHash)
    return bytes === null ? null : ok({ record, bytes })
  }
  if (verdict === 'absent' && error === null) return fail({ code: 'no-photo', address })
  return fail(error ?? { code: 'no-photo', address })
}

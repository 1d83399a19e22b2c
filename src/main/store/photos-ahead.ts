import type { Database } from 'better-sqlite3'
import { type SizeCode, sizeCodePx } from '../../shared/size-codes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { HeldPhoto } from '../core/photos/ports.ts'
import { parsePhotoRow, SELECT_PHOTO, toHeldPhoto } from './photo-rows.ts'

/** How long what was read ahead is believed (ms): another Rollcall may write to the same library. */
const GOOD_FOR_MS = 2_000
/** Records kept at most: who reads ahead asks for what was read soon. */
const MOST_RECORDS = 2_000

/** Records that were read in one go, because they are about to be asked for one by one: a statement costs far more than a row. */
export interface PhotosAhead {
  load(addresses: readonly SmtpAddress[], sizeCodes: readonly SizeCode[]): void
  /** What was read ahead; undefined when it was not, or may have changed since. Null: there is no such record. */
  find(address: SmtpAddress, sizeCode: SizeCode): HeldPhoto | null | undefined
  /** Whether a picture's bytes are there; undefined as above. */
  hasBytes(contentHash: string): boolean | undefined
  /** Runs a piece of work that writes these records, and nothing else that was read ahead. */
  whileSaving(
    changed: readonly { readonly address: SmtpAddress; readonly sizeCode: SizeCode }[],
    save: () => void,
  ): void
}

/** Makes one with nothing in it. Any other write on the connection empties it. */
export function createPhotosAhead(db: Database, nowMs: () => number = () => performance.now()): PhotosAhead {
  const list = db
    .prepare<[string, string], string>(
      `${SELECT_PHOTO}
       WHERE photo.mailbox_id IN (SELECT mailbox.id FROM json_each(?) AS wanted CROSS JOIN mailbox ON mailbox.address = wanted.value)
       AND photo.size_px IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
  const listWithBytes = db
    .prepare<[string], string>(
      `SELECT wanted.value FROM json_each(?) AS wanted CROSS JOIN picture ON content_hash = unhex(wanted.value)
       JOIN picture_bytes ON picture_id = picture.id`,
    )
    .pluck()
  const countWrites = db.prepare<[], number>('SELECT total_changes()').pluck()
  const held = new Map<string, HeldPhoto | null>()
  const bytesOf = new Map<string, boolean>()
  let writes = 0
  let goodUntilMs = 0

  function isGood(): boolean {
    if (held.size === 0) return false
    if (nowMs() < goodUntilMs && countWrites.get() === writes) return true
    clear()
    return false
  }

  function clear(): void {
    held.clear()
    bytesOf.clear()
  }

  function loadBytes(contentHashes: readonly string[]): void {
    for (const contentHash of contentHashes) bytesOf.set(contentHash, false)
    for (const contentHash of listWithBytes.all(JSON.stringify(contentHashes))) bytesOf.set(contentHash, true)
  }

  return {
    load(addresses, sizeCodes) {
      if (!isGood() || held.size > MOST_RECORDS) clear()
      writes = countWrites.get() ?? 0
      goodUntilMs = nowMs() + GOOD_FOR_MS
      for (const address of addresses) for (const sizeCode of sizeCodes) held.set(keyOf(address, sizeCode), null)
      const rows = list.all(JSON.stringify(addresses), JSON.stringify(sizeCodes.map(sizeCodePx)))
      const photos = rows.map((row) => toHeldPhoto(parsePhotoRow(row)))
      for (const photo of photos) held.set(keyOf(photo.record.address, photo.record.sizeCode), photo)
      loadBytes(photos.flatMap(({ record }) => record.contentHash ?? []))
    },
    find: (address, sizeCode) => (isGood() ? held.get(keyOf(address, sizeCode)) : undefined),
    hasBytes: (contentHash) => (isGood() ? bytesOf.get(contentHash) : undefined),
    whileSaving(changed, save) {
      const wasGood = isGood()
      save()
      if (!wasGood) return
      for (const { address, sizeCode } of changed) held.delete(keyOf(address, sizeCode))
      writes = countWrites.get() ?? 0
    },
  }
}

function keyOf(address: SmtpAddress, sizeCode: SizeCode): string {
  return `${sizeCode} ${address}`
}

import { neverAsked } from '../../src/main/core/photos/photo-record.ts'
import type { HeldPhoto, StoredPicture } from '../../src/main/core/photos/ports.ts'
import type { PhotoRecord } from '../../src/shared/photos.ts'
import { type SmtpAddress, smtpAddressSchema } from '../../src/shared/smtp-address.ts'

/** An address of a test. */
export function addressOf(text: string): SmtpAddress {
  return smtpAddressSchema.parse(text.includes('@') ? text : `${text}@fjordline.example`)
}

/** A record as the library would hold it after a whole photo was received. */
export function photoRecord(facts: Partial<PhotoRecord> = {}): PhotoRecord {
  return {
    ...neverAsked(addressOf('ada'), 'HR240x240').record,
    verdict: 'photo',
    contentHash: 'a'.repeat(64),
    etag: '"1"',
    contentType: 'image/jpeg',
    format: 'jpeg',
    isDecodable: true,
    widthPx: 240,
    heightPx: 240,
    bytes: 10_000,
    hasLocation: false,
    status: 200,
    firstSeenMs: 1_000_000,
    changedMs: 1_000_000,
    checkedMs: 1_000_000,
    ...facts,
  }
}

/** The same as it is held. */
export function heldPhoto(facts: Partial<PhotoRecord> = {}, freshUntilMs: number | null = null): HeldPhoto {
  return { record: photoRecord(facts), freshUntilMs }
}

/** A picture with a hash that says which one it is. */
export function picture(hash: string): StoredPicture {
  return {
    contentHash: hash,
    bytes: new TextEncoder().encode(hash),
    facts: { format: 'jpeg', widthPx: 240, heightPx: 240, isDecodable: true, hasLocation: false },
  }
}

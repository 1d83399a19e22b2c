import { hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { StoredPicture } from '../core/photos/ports.ts'
import type { Guard } from './guard.ts'
import type { LibrarySeal, StoredBytes } from './library-seal.ts'

/** The bytes of pictures, each kept once however many photos show it. Inside the library only. */
export interface PictureShelf {
  /** Keeps a picture, or finds it kept. To be called in a transaction. */
  keep(picture: StoredPicture): number
  /** Drops a picture that nothing refers to any more. To be called in a transaction. */
  dropUnused(pictureId: number): void
  readBytes(contentHash: string): Uint8Array | null
  /** Those of these whose bytes are there and have their hash; damaged ones are dropped. */
  listWhole(contentHashes: readonly string[]): string[]
  hasBytes(contentHash: string): boolean
}

/** Prepares the statements once. */
export function createPictureShelf(db: Database, seal: LibrarySeal, guard: Guard): PictureShelf {
  const findId = db.prepare<[Buffer], number>('SELECT id FROM picture WHERE content_hash = ?').pluck()
  const insertPicture = db.prepare<[Buffer, number, string, number | null, number | null, number, number]>(
    `INSERT INTO picture (content_hash, bytes, format, width_px, height_px, is_decodable, has_location)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const hasStored = db.prepare<[number], 1>('SELECT 1 FROM picture_bytes WHERE picture_id = ?').pluck()
  const insertBytes = db.prepare<[number, Uint8Array, 0 | 1]>(
    'INSERT INTO picture_bytes (picture_id, bytes, is_sealed) VALUES (?, ?, ?)',
  )
  const findBytes = db.prepare<[Buffer], StoredBytes & { id: number }>(
    `SELECT picture.id, picture_bytes.bytes, is_sealed FROM picture
     JOIN picture_bytes ON picture_bytes.picture_id = picture.id WHERE content_hash = ?`,
  )
  const listBytes = db.prepare<[string], StoredBytes & { id: number; contentHash: string }>(
    `SELECT picture.id, wanted.value AS contentHash, picture_bytes.bytes, is_sealed
     FROM json_each(?) AS wanted CROSS JOIN picture ON content_hash = unhex(wanted.value)
     JOIN picture_bytes ON picture_bytes.picture_id = picture.id`,
  )
  const hasRow = db
    .prepare<[Buffer], number>(
      'SELECT EXISTS (SELECT 1 FROM picture JOIN picture_bytes ON picture_id = picture.id WHERE content_hash = ?)',
    )
    .pluck()
  const deleteBytes = db.prepare<[number]>('DELETE FROM picture_bytes WHERE picture_id = ?')
  const deleteUnused = db.prepare<[number]>(
    `DELETE FROM picture WHERE id = ?
     AND NOT EXISTS (SELECT 1 FROM photo WHERE picture_id = picture.id)
     AND NOT EXISTS (SELECT 1 FROM photo_history WHERE picture_id = picture.id)
     AND NOT EXISTS (SELECT 1 FROM refused_body WHERE picture_id = picture.id)`,
  )

  function open(row: StoredBytes & { id: number }, contentHash: string): Uint8Array | null {
    const bytes = seal.unwrap(row, Buffer.from(contentHash, 'hex'))
    if (bytes !== null && hash('sha256', bytes, 'hex') === contentHash) return bytes
    // Damaged bytes are worse than none: with the row gone the photo is asked for anew, in full.
    deleteBytes.run(row.id)
    return null
  }

  return {
    keep({ contentHash, bytes, facts }) {
      const key = Buffer.from(contentHash, 'hex')
      const known = findId.get(key)
      const { format, widthPx, heightPx, isDecodable, hasLocation } = facts
      const insert = () =>
        insertPicture.run(key, bytes.byteLength, format, widthPx, heightPx, Number(isDecodable), Number(hasLocation))
      const id = known ?? Number(insert().lastInsertRowid)
      if (hasStored.get(id) === undefined) {
        const stored = seal.wrap(bytes, key)
        insertBytes.run(id, stored.bytes, stored.is_sealed)
      }
      return id
    },
    dropUnused: (pictureId) => void deleteUnused.run(pictureId),
    readBytes: (contentHash) =>
      guard('photos.readBytes', () => {
        const row = findBytes.get(Buffer.from(contentHash, 'hex'))
        return row === undefined ? null : open(row, contentHash)
      }),
    listWhole: (contentHashes) =>
      guard('photos.listWhole', () =>
        listBytes
          .all(JSON.stringify(contentHashes))
          .filter((row) => open(row, row.contentHash) !== null)
          .map(({ contentHash }) => contentHash),
      ),
    hasBytes: (contentHash) => guard('photos.hasBytes', () => hasRow.get(Buffer.from(contentHash, 'hex')) === 1),
  }
}

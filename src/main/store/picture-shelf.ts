import { hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { StoredPicture } from '../core/photos/ports.ts'
import type { Guard } from './guard.ts'

/** The bytes of pictures, each kept once however many photos show it. Inside the library only. */
export interface PictureShelf {
  /** Keeps a picture, or finds it kept. To be called in a transaction. */
  keep(picture: StoredPicture): number
  readBytes(contentHash: string): Uint8Array | null
  hasBytes(contentHash: string): boolean
}

/** Prepares the statements once. */
export function createPictureShelf(db: Database, guard: Guard): PictureShelf {
  const findId = db.prepare<[Buffer], number>('SELECT id FROM picture WHERE content_hash = ?').pluck()
  const insertPicture = db.prepare<[Buffer, number, string, number | null, number | null, number, number]>(
    `INSERT INTO picture (content_hash, bytes, format, width_px, height_px, is_decodable, has_location)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertBytes = db.prepare<[number, Uint8Array]>(
    'INSERT INTO picture_bytes (picture_id, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const findBytes = db.prepare<[Buffer], { id: number; bytes: Buffer }>(
    `SELECT picture.id, picture_bytes.bytes FROM picture
     JOIN picture_bytes ON picture_bytes.picture_id = picture.id WHERE content_hash = ?`,
  )
  const hasRow = db
    .prepare<[Buffer], number>(
      'SELECT EXISTS (SELECT 1 FROM picture JOIN picture_bytes ON picture_id = picture.id WHERE content_hash = ?)',
    )
    .pluck()
  const deleteBytes = db.prepare<[number]>('DELETE FROM picture_bytes WHERE picture_id = ?')

  return {
    keep({ contentHash, bytes, facts }) {
      const key = Buffer.from(contentHash, 'hex')
      const known = findId.get(key)
      const { format, widthPx, heightPx, isDecodable, hasLocation } = facts
      const insert = () =>
        insertPicture.run(key, bytes.byteLength, format, widthPx, heightPx, Number(isDecodable), Number(hasLocation))
      const id = known ?? Number(insert().lastInsertRowid)
      insertBytes.run(id, bytes)
      return id
    },
    readBytes: (contentHash) =>
      guard('photos.readBytes', () => {
        const row = findBytes.get(Buffer.from(contentHash, 'hex'))
        if (row === undefined) return null
        if (hash('sha256', row.bytes, 'hex') === contentHash) return row.bytes
        // Damaged bytes are worse than none: with the row gone the photo is asked for anew, in full.
        deleteBytes.run(row.id)
        return null
      }),
    hasBytes: (contentHash) => guard('photos.hasBytes', () => hasRow.get(Buffer.from(contentHash, 'hex')) === 1),
  }
}

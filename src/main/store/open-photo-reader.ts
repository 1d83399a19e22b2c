import BetterSqlite, { type Database } from 'better-sqlite3'
import type { PhotoRepository } from '../core/photos/ports.ts'
import type { Log } from '../core/ports.ts'
import { createGuard } from './guard.ts'
import { openSeal } from './library-seal.ts'
import { createPhotoRepository } from './photo-repository.ts'
import { createPictureShelf } from './picture-shelf.ts'

/** The photos of a library that another connection keeps, to be read only. */
export interface PhotoReader {
  readonly photos: Pick<PhotoRepository, 'find' | 'listForPerson' | 'listHistory' | 'readBytes'>
  close(): void
}

/**
 * Opens a library beside the connection that writes it. It reads while the other writes, and neither waits for the other.
 * Damaged bytes throw here, because nothing can be dropped: who meets that asks the connection that writes.
 * @returns null when it cannot be opened, or its key is another
 */
export function openPhotoReader(file: string, key: Uint8Array | null, log: Log): PhotoReader | null {
  let db: Database | null = null
  try {
    db = new BetterSqlite(file, { readonly: true, fileMustExist: true, timeout: 0 })
    const guard = createGuard(log)
    const seal = openSeal(db, key, guard)
    if (!seal.ok) {
      db.close()
      return null
    }
    const photos = createPhotoRepository(db, createPictureShelf(db, seal.value, guard), guard, () => {})
    return { photos, close: db.close.bind(db) }
  } catch {
    db?.close()
    return null
  }
}

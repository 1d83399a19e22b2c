import type { Database } from 'better-sqlite3'
import type { LibraryRemoval } from '../../shared/library.ts'
import { LARGEST_SIZE_CODE, SIZE_CODES, sizeCodePx, TILE_SIZE_CODE } from '../../shared/size-codes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { LibraryMeasure, PurgeChoice, UpkeepRepository } from '../core/library/ports.ts'
import type { Guard } from './guard.ts'
import { sizeCodeOfPx } from './photo-rows.ts'
import type { PictureShelf } from './picture-shelf.ts'

/** The sizes that tiles and cards are drawn from: missed most. */
const SHOWN_PX = [TILE_SIZE_CODE, LARGEST_SIZE_CODE].map(sizeCodePx).join(', ')

type Statements = ReturnType<typeof prepareStatements>

/** Measures, checks and removes, in SQLite. What is freed is overwritten (`secure_delete`). */
export function createUpkeepRepository(db: Database, pictures: PictureShelf, guard: Guard): UpkeepRepository {
  const sql = prepareStatements(db)
  const remover = createRemover(sql, pictures)
  const purge = db.transaction((addresses: readonly SmtpAddress[], choice: PurgeChoice) =>
    remover.removeOf(addresses, choice, false),
  )
  const forget = db.transaction((addresses: readonly SmtpAddress[]) => {
    const removed = remover.removeOf(addresses, { photos: true, history: true, sizeCodes: null }, true)
    // A URL that the template did not fit names the person it was asked for.
    sql.dropUnusedUrls.run()
    sql.dropOpening.run()
    return removed
  })
  const dropHistory = db.transaction((beforeMs: number) => {
    const freed = sql.dropOldVersions.all(beforeMs)
    for (const pictureId of new Set(freed)) pictures.dropUnused(pictureId)
    return freed.length
  })
  const evict = db.transaction((pictureIds: readonly number[]) => {
    for (const id of pictureIds) {
      sql.dropVersionsOf.run(id)
      sql.dropRefusedOf.run(id)
      sql.dropBytesOf.run(id)
      pictures.dropUnused(id)
    }
  })

  return {
    measure: () => guard('upkeep.measure', () => measure(db, sql)),
    check: () => guard('upkeep.check', () => check(db)),
    dropHistory: (beforeMs) =>
      guard('upkeep.dropHistory', () =>
        sql.hasOldVersions.get(beforeMs) === undefined ? 0 : dropHistory.immediate(beforeMs),
      ),
    listMailboxes: () => guard('upkeep.listMailboxes', () => sql.listMailboxes.all()),
    listLeavers: (beforeMs, limit) => guard('upkeep.listLeavers', () => sql.listLeavers.all({ beforeMs, limit })),
    purge: (addresses, choice) => guard('upkeep.purge', () => purge.immediate(addresses, choice)),
    forget: (addresses) => guard('upkeep.forget', () => forget.immediate(addresses)),
    listLeastNeeded: (bytes) => guard('upkeep.listLeastNeeded', () => takeUntil(sql.listLeastNeeded.iterate(), bytes)),
    evict: (pictureIds) => guard('upkeep.evict', () => evict.immediate(pictureIds)),
    giveBackSpace: (limit) =>
      guard('upkeep.giveBackSpace', () => {
        db.pragma(`incremental_vacuum(${limit})`)
        // Old pages must not outlive in the log what was removed from the file.
        const [folded] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: 0 | 1 }[]
        return freePages(db) > 0 || folded?.busy === 1
      }),
  }
}

/** Removes what people have, each picture with the last that refers to it. To be called in a transaction. */
function createRemover(sql: Statements, pictures: PictureShelf) {
  return {
    removeOf(addresses: readonly SmtpAddress[], choice: PurgeChoice, isForgotten: boolean): LibraryRemoval {
      const removed = { people: 0, photos: 0, versions: 0 }
      const sizes = JSON.stringify((choice.sizeCodes ?? SIZE_CODES).map(sizeCodePx))
      for (const address of addresses) {
        const mailboxId = sql.findMailbox.get(address)
        if (mailboxId === undefined) continue
        const photos = choice.photos ? sql.dropPhotos.all(mailboxId, sizes) : []
        const refused = choice.photos ? sql.dropRefused.all(mailboxId, sizes) : []
        const versions = choice.history ? sql.dropVersions.all(mailboxId, sizes) : []
        for (const pictureId of new Set([...photos, ...refused, ...versions])) {
          if (pictureId !== null) pictures.dropUnused(pictureId)
        }
        if (isForgotten) removed.people += sql.dropPerson.run(mailboxId).changes
        if (isForgotten) sql.dropMailbox.run(mailboxId)
        removed.photos += photos.length
        removed.versions += versions.length
      }
      return removed
    },
  }
}

function measure(db: Database, sql: Statements): LibraryMeasure {
  const pageBytes = db.pragma('page_size', { simple: true }) as number
  const pictures = sql.countPictures.get()
  const history = sql.countHistory.get()
  return {
    fileBytes: (db.pragma('page_count', { simple: true }) as number) * pageBytes,
    freeBytes: freePages(db) * pageBytes,
    people: sql.countPeople.get() ?? 0,
    pictures: pictures?.pictures ?? 0,
    pictureBytes: pictures?.bytes ?? 0,
    sizes: sql.countSizes.all().map(({ size_px, photos, bytes }) => ({
      sizeCode: sizeCodeOfPx(size_px),
      photos,
      bytes,
    })),
    history: { versions: history?.versions ?? 0, oldestMs: history?.oldest_ms ?? null },
  }
}

function freePages(db: Database): number {
  return db.pragma('freelist_count', { simple: true }) as number
}

function check(db: Database): string[] {
  const integrity = db.pragma('integrity_check') as { integrity_check: string }[]
  const dangling = db.pragma('foreign_key_check') as { table: string }[]
  return [
    ...integrity.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
    ...dangling.map(({ table }) => `a row of ${table} refers to one that is not there`),
  ]
}

function takeUntil(rows: Iterable<{ id: number; bytes: number }>, bytes: number): number[] {
  const taken: number[] = []
  let sum = 0
  for (const row of rows) {
    if (sum >= bytes) break
    taken.push(row.id)
    sum += row.bytes
  }
  return taken
}

function prepareStatements(db: Database) {
  const list = (text: string) => db.prepare<[number, string], number | null>(text).pluck()
  return {
    findMailbox: db.prepare<[SmtpAddress], number>('SELECT id FROM mailbox WHERE address = ?').pluck(),
    listMailboxes: db.prepare<[], SmtpAddress>('SELECT address FROM mailbox').pluck(),
    dropPhotos: list(
      `DELETE FROM photo WHERE mailbox_id = ? AND size_px IN (SELECT value FROM json_each(?)) RETURNING picture_id`,
    ),
    dropRefused: list(
      `DELETE FROM refused_body WHERE mailbox_id = ? AND size_px IN (SELECT value FROM json_each(?)) RETURNING picture_id`,
    ),
    dropVersions: list(
      `DELETE FROM photo_history WHERE mailbox_id = ? AND size_px IN (SELECT value FROM json_each(?)) RETURNING picture_id`,
    ),
    dropPerson: db.prepare<[number]>('DELETE FROM person WHERE mailbox_id = ?'),
    dropMailbox: db.prepare<[number]>('DELETE FROM mailbox WHERE id = ?'),
    dropOpening: db.prepare('DELETE FROM opening_screen'),
    dropUnusedUrls: db.prepare(
      `DELETE FROM asked_url WHERE id NOT IN (SELECT verdict_url_id FROM photo WHERE verdict_url_id IS NOT NULL
         UNION SELECT failure_url_id FROM photo WHERE failure_url_id IS NOT NULL)`,
    ),
    hasOldVersions: db.prepare<[number], 1>('SELECT 1 FROM photo_history WHERE until_ms < ? LIMIT 1').pluck(),
    dropOldVersions: db
      .prepare<[number], number>('DELETE FROM photo_history WHERE until_ms < ? RETURNING picture_id')
      .pluck(),
    dropVersionsOf: db.prepare<[number]>('DELETE FROM photo_history WHERE picture_id = ?'),
    dropRefusedOf: db.prepare<[number]>('DELETE FROM refused_body WHERE picture_id = ?'),
    dropBytesOf: db.prepare<[number]>('DELETE FROM picture_bytes WHERE picture_id = ?'),
    // Somebody whom the directory never named is judged by when the server last answered about the mailbox.
    listLeavers: db
      .prepare<[{ beforeMs: number; limit: number }], SmtpAddress>(
        `SELECT address FROM mailbox LEFT JOIN person ON person.mailbox_id = mailbox.id
         WHERE coalesce(last_seen_ms,
           (SELECT max(max(coalesce(verdict_ms, 0), coalesce(failure_ms, 0))) FROM photo WHERE photo.mailbox_id = mailbox.id),
           0) < @beforeMs LIMIT @limit`,
      )
      .pluck(),
    listLeastNeeded: db.prepare<[], { id: number; bytes: number }>(
      `SELECT picture.id AS id, picture.bytes AS bytes FROM picture_bytes JOIN picture ON picture.id = picture_bytes.picture_id
       ORDER BY
         coalesce((SELECT max(iif(size_px IN (${SHOWN_PX}), 2, 1)) FROM photo WHERE photo.picture_id = picture.id), 0),
         coalesce((SELECT max(verdict_ms) FROM photo WHERE photo.picture_id = picture.id),
           (SELECT max(until_ms) FROM photo_history WHERE photo_history.picture_id = picture.id), 0),
         picture.id`,
    ),
    countPeople: db.prepare<[], number>('SELECT count(*) FROM person').pluck(),
    countPictures: db.prepare<[], { pictures: number; bytes: number }>(
      `SELECT count(*) AS pictures, coalesce(sum(bytes), 0) AS bytes FROM picture
       WHERE id IN (SELECT picture_id FROM picture_bytes)`,
    ),
    countSizes: db.prepare<[], { size_px: number; photos: number; bytes: number }>(
      `SELECT size_px, count(*) AS photos, sum(picture.bytes) AS bytes FROM photo JOIN picture ON picture.id = picture_id
       GROUP BY size_px ORDER BY size_px`,
    ),
    countHistory: db.prepare<[], { versions: number; oldest_ms: number | null }>(
      'SELECT count(*) AS versions, min(until_ms) AS oldest_ms FROM photo_history',
    ),
  }
}

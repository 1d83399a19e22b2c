import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite, { type Database } from 'better-sqlite3'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SealRepository, UpkeepRepository } from '../core/library/ports.ts'
import type { OpeningRepository, PeopleRepository, ScopeRepository } from '../core/people/ports.ts'
import type { PhotoRepository } from '../core/photos/ports.ts'
import type { Log } from '../core/ports.ts'
import type { SyncPlanRepository } from '../core/sync/ports.ts'
import { createGuard, type Guard, toLibraryError } from './guard.ts'
import { type LibrarySeal, openSeal } from './library-seal.ts'
import { createLogFolder } from './log-folder.ts'
import { migrate } from './migrate.ts'
import { ALL_MIGRATIONS } from './migrations/all-migrations.ts'
import { createOpeningRepository } from './opening-repository.ts'
import { createPeopleRepository } from './people-repository.ts'
import { createPhotoRepository } from './photo-repository.ts'
import { createPictureShelf } from './picture-shelf.ts'
import { createScopeRepository } from './scope-repository.ts'
import { createSyncPlanRepository } from './sync-plan-repository.ts'
import { createUpkeepRepository } from './upkeep-repository.ts'

/** The library of one account. */
export interface Library {
  readonly people: PeopleRepository
  readonly photos: PhotoRepository
  /** Null: photos can be saved now. Otherwise resolves when the write-ahead log has room for more. */
  whenWritable(): Promise<void> | null
  readonly upkeep: UpkeepRepository
  readonly seal: SealRepository
  readonly scopes: ScopeRepository
  readonly plans: SyncPlanRepository
  readonly opening: OpeningRepository
  /** Folds the write-ahead log into the file and closes it. A second call does nothing. */
  close(): void
}

export interface LibraryOptions {
  readonly log: Log
  /** The key of the account's encryption, where there is one. */
  readonly key?: Uint8Array | null
}

/** `Roll` in ASCII: tells a library from any other SQLite file. */
const APPLICATION_ID = 0x526f6c6c

/** How long to wait for another Rollcall that is writing, ms. */
const BUSY_MS = 2_000

/**
 * Bytes of a page. Each picture leaves part of a page unused: for pictures of 14 kB the file is 1.05 times their bytes with
 * pages of 2 kB, 1.08 with 4 kB, 1.13 with 8 kB. Each page is two writes: pages of 2 kB cost twice the processor time.
 */
const PAGE_BYTES = 4_096

/** Bytes in the write-ahead log before the writer folds it in by itself: far more than where its thread does. */
const OWN_FOLD_BYTES = 128_000_000
/** The same when the thread cannot, and what is left of the log's file when it begins anew. */
const LOG_BYTES = 4_000_000

/**
 * Opens a library, made when it is not there, on the newest schema. Fails with `library-unusable`; its file is then as it was.
 * The repositories throw a LibraryFault when the file fails later.
 */
export function openLibrary(file: string, options: LibraryOptions): Result<Library> {
  let db: Database | null = null
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    // Asked beforehand: SQLite would only say that some file beside the library cannot be opened.
    accessSync(dirname(file), constants.W_OK)
    if (existsSync(file)) accessSync(file, constants.W_OK)
    db = new BetterSqlite(file, { timeout: BUSY_MS })
    const prepared = prepareFile(db, options)
    const guard = createGuard(options.log)
    const seal = prepared.ok ? openSeal(db, options.key ?? null, guard) : prepared
    if (seal.ok) return ok(assemble(db, seal.value, guard, options))
    db.close()
    return seal
  } catch (cause) {
    db?.close()
    const error = toLibraryError(cause) ?? toFolderError(cause)
    if (error === null) throw cause
    options.log.error('the library cannot be opened', { reason: error.reason })
    return fail(error)
  }
}

/** Whether another program, or another part of this one, has the library open. */
export function isLibraryInUse(file: string): boolean {
  if (!existsSync(file)) return false
  let db: Database | null = null
  try {
    db = new BetterSqlite(file, { timeout: 200, fileMustExist: true })
    // Whoever has it open in WAL mode holds a shared lock all the time.
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('BEGIN IMMEDIATE; ROLLBACK')
    return false
  } catch (cause) {
    return toLibraryError(cause)?.reason === 'locked'
  } finally {
    db?.close()
  }
}

function prepareFile(db: Database, { log }: LibraryOptions): Result<null> {
  const applicationId = db.pragma('application_id', { simple: true })
  const isNew = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() === 0
  if (!isNew && applicationId !== APPLICATION_ID) {
    return fail({ code: 'library-unusable', reason: 'corrupt', detail: 'the file is another program’s database' })
  }
  if (isNew) {
    db.pragma(`page_size = ${PAGE_BYTES}`)
    db.pragma('auto_vacuum = INCREMENTAL')
    db.pragma(`application_id = ${APPLICATION_ID}`)
  }
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('foreign_keys = ON')
  foldBeyond(db, OWN_FOLD_BYTES)
  db.pragma(`journal_size_limit = ${LOG_BYTES}`)
  // What is removed is overwritten, so that a forgotten face is not left behind in a free page (F93).
  db.pragma('secure_delete = ON')
  const migrated = migrate(db, ALL_MIGRATIONS)
  if (!migrated.ok) return migrated
  if (isNew) log.info('a new library was made')
  return ok(null)
}

function assemble(db: Database, seal: LibrarySeal, guard: Guard, { log }: LibraryOptions): Library {
  const folder = createLogFolder({ file: db.name, log, onFailed: () => foldBeyond(db, LOG_BYTES) })
  const pictures = createPictureShelf(db, seal, guard)
  return {
    people: createPeopleRepository(db, guard),
    photos: createPhotoRepository(db, pictures, guard, folder.onWritten),
    upkeep: createUpkeepRepository(db, pictures, guard),
    seal,
    whenWritable: folder.whenWritable,
    scopes: createScopeRepository(db, guard),
    plans: createSyncPlanRepository(db, guard),
    opening: createOpeningRepository(db, guard),
    close: () => {
      folder.close()
      db.close()
    },
  }
}

/** From how many bytes in the write-ahead log on the writer folds it in by itself. */
function foldBeyond(db: Database, bytes: number): void {
  db.pragma(`wal_autocheckpoint = ${Math.floor(bytes / PAGE_BYTES)}`)
}

/** What keeps the folder from being used; null when it is a bug. */
function toFolderError(cause: unknown) {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  const detail = 'its folder cannot be used'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return { code: 'library-unusable', reason: 'read-only', detail } as const
  }
  if (code === 'ENOSPC') return { code: 'library-unusable', reason: 'disk-full', detail } as const
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return { code: 'library-unusable', reason: 'unreadable', detail } as const
  return null
}

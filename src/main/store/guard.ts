import { SqliteError } from 'better-sqlite3'
import type { AppError } from '../../shared/errors.ts'
import { LibraryFault, type Log } from '../core/ports.ts'

type LibraryError = Extract<AppError, { code: 'library-unusable' }>

/** A piece of work that takes longer than this is logged, ms. */
const SLOW_MS = 40

/** Runs a piece of database work under a name. */
export type Guard = <T>(name: string, work: () => T) => T

/**
 * Makes the guard that stands around every use of the database: SQLite's failures become a LibraryFault, and work over 40 ms
 * is logged by its name, never with its parameters.
 */
export function createGuard(log: Log): Guard {
  return (name, work) => {
    const startMs = performance.now()
    try {
      return work()
    } catch (cause) {
      const error = toLibraryError(cause)
      if (error === null) throw cause
      log.error('the library failed', { work: name, reason: error.reason })
      throw new LibraryFault(error)
    } finally {
      const durationMs = performance.now() - startMs
      if (durationMs > SLOW_MS) log.warn('slow library work', { work: name, durationMs: Math.round(durationMs) })
    }
  }
}

/** SQLite's result codes that mean something to a person. */
const REASONS: readonly (readonly [string, LibraryError['reason'], string])[] = [
  ['SQLITE_CORRUPT', 'corrupt', 'the file is damaged'],
  ['SQLITE_NOTADB', 'corrupt', 'the file is not a database'],
  ['SQLITE_BUSY', 'locked', 'another program has locked the file'],
  ['SQLITE_LOCKED', 'locked', 'another program has locked the file'],
  ['SQLITE_READONLY', 'read-only', 'the file or its folder is read-only'],
  ['SQLITE_PERM', 'read-only', 'the file or its folder is read-only'],
  ['SQLITE_FULL', 'disk-full', 'the disk is full'],
  ['SQLITE_CANTOPEN', 'unreadable', 'the file cannot be opened'],
  ['SQLITE_IOERR', 'unreadable', 'the disk reports an error'],
]

/** The expected failure behind what SQLite threw; null when it is a bug. */
export function toLibraryError(cause: unknown): LibraryError | null {
  if (!(cause instanceof SqliteError)) return null
  const known = REASONS.find(([code]) => cause.code === code || cause.code.startsWith(`${code}_`))
  return known === undefined ? null : { code: 'library-unusable', reason: known[1], detail: known[2] }
}

import { renameSync, rmSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Migration } from './migrations/migration.ts'

/**
 * Brings the database to the newest schema: backed up first, all steps in one exclusive transaction that is only kept when no
 * foreign key dangles. Throws SqliteError as SQLite does.
 * @returns the version it came from; fails with `library-unusable` when a newer Rollcall wrote the file
 */
export function migrate(db: Database, migrations: readonly Migration[]): Result<{ fromVersion: number }> {
  const newest = migrations.at(-1)?.version ?? 0
  const fromVersion = versionOf(db)
  if (fromVersion > newest) return newerVersion(fromVersion, newest)
  if (fromVersion === newest) return ok({ fromVersion })
  if (fromVersion > 0) backUp(db, fromVersion)
  // Switched off outside the transaction (inside it has no effect), so that tables can be rebuilt; checked before the commit.
  db.pragma('foreign_keys = OFF')
  try {
    db.transaction(() => {
      // Another Rollcall may have been quicker between the look above and the lock.
      const present = versionOf(db)
      for (const step of migrations) if (step.version > present) runStep(db, step)
    }).exclusive()
  } finally {
    db.pragma('foreign_keys = ON')
  }
  return ok({ fromVersion })
}

function runStep(db: Database, step: Migration): void {
  db.exec(step.sql)
  const dangling = db.pragma('foreign_key_check') as unknown[]
  if (dangling.length > 0) throw new Error(`migration ${step.name} leaves ${dangling.length} dangling foreign keys`)
  db.pragma(`user_version = ${step.version}`)
}

function versionOf(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number
}

/** Leaves a copy beside the file, `<file>.v<version>.backup`: whole, or not at all. */
function backUp(db: Database, version: number): void {
  const backup = `${db.name}.v${version}.backup`
  rmSync(`${backup}.part`, { force: true })
  db.prepare('VACUUM INTO ?').run(`${backup}.part`)
  renameSync(`${backup}.part`, backup)
}

function newerVersion(found: number, known: number) {
  const detail = `its version is ${found}, this Rollcall knows up to ${known}`
  return fail({ code: 'library-unusable', reason: 'newer-version', detail })
}

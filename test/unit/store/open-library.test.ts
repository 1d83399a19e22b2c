import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { LibraryFault } from '../../../src/main/core/ports.ts'
import { libraryFile, removeLibrary } from '../../../src/main/store/library-file.ts'
import { migrate } from '../../../src/main/store/migrate.ts'
import { ALL_MIGRATIONS } from '../../../src/main/store/migrations/all-migrations.ts'
import { openLibrary } from '../../../src/main/store/open-library.ts'
import { collectingLog } from '../../support/collecting-log.ts'
import { writeLibraryV1 } from '../../support/library-v1.ts'
import { ASKED, openTestLibrary, photoChange } from '../../support/open-test-library.ts'
import { address, somePerson } from '../../support/people.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const open = (file: string) => openLibrary(file, { log: collectingLog() })
const NEXT = {
  version: ALL_MIGRATIONS.length + 1,
  name: 'next',
  sql: 'CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT',
}

describe('a library', () => {
  it('is made with its folder, and has everything after it was closed and opened', () => {
    const file = join(temporaryFolder(), 'libraries', 'anna.sqlite')
    const first = openTestLibrary(file)
    first.photos.save([photoChange('one', 100)])
    first.people.save([somePerson('Anna Berg')], 1)
    first.close()
    expect(readdirSync(join(file, '..'))).toEqual(['anna.sqlite'])
    const second = openTestLibrary(file)
    expect(second.people.count()).toBe(1)
    expect(second.photos.find(ASKED.address, ASKED.sizeCode)?.record.verdict).toBe('photo')
  })

  it.skipIf(process.platform === 'win32')('can be read by its owner only', () => {
    const { file } = openTestLibrary(join(temporaryFolder(), 'libraries', 'anna.sqlite'))
    expect(statSync(join(file, '..')).mode & 0o077).toBe(0)
  })

  it('can be closed twice', () => {
    const { close } = openTestLibrary()
    close()
    expect(close).not.toThrow()
  })

  it('of the first released schema opens with everything in it', () => {
    const file = join(temporaryFolder(), 'old.sqlite')
    writeLibraryV1(file)
    const { people, photos } = openTestLibrary(file)
    expect(people.find(ASKED.address)).toMatchObject({ displayName: 'Anna Berg', phones: [{ number: '+47 1' }] })
    expect(people.readDirectoryState()).toEqual({ isComplete: true, endedMs: 3000, requests: 42 })
    const held = photos.find(ASKED.address, 'HR96x96')?.record
    expect(held).toMatchObject({ verdict: 'photo', widthPx: 96, status: 503, askedUrl: ASKED.askedUrl })
    expect(held).toMatchObject({ requestId: null, soapAnswer: null })
    expect(Buffer.from(photos.readBytes(held?.contentHash ?? '') ?? []).toString()).toBe('second')
    expect(photos.listHistory(ASKED.address)).toHaveLength(1)
  })

  it('that came from the first schema has the same tables as one that is made now', () => {
    const folder = temporaryFolder()
    writeLibraryV1(join(folder, 'old.sqlite'))
    for (const name of ['old.sqlite', 'new.sqlite']) openTestLibrary(join(folder, name)).close()
    const tablesOf = (name: string) => {
      const db = new BetterSqlite(join(folder, name))
      const tables = db
        .prepare("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
        .pluck()
        .all()
      db.close()
      return tables
    }
    expect(tablesOf('old.sqlite')).toEqual(tablesOf('new.sqlite'))
  })

  it('that is made by the first step alone has the released schema to the letter', () => {
    const folder = temporaryFolder()
    writeLibraryV1(join(folder, 'old.sqlite'))
    const made = new BetterSqlite(join(folder, 'new.sqlite'))
    expect(migrate(made, ALL_MIGRATIONS.slice(0, 1))).toMatchObject({ ok: true })
    made.close()
    const columnsOf = (name: string) => {
      const db = new BetterSqlite(join(folder, name))
      const columns = db
        .prepare(
          `SELECT m.name AS holder, c.name, c.type, c."notnull", c.pk FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
           ORDER BY m.name, c.cid`,
        )
        .all()
      db.close()
      return columns
    }
    expect(columnsOf('new.sqlite')).toEqual(columnsOf('old.sqlite'))
  })
})

describe('a file that cannot be used is a clear answer, and stays as it was', () => {
  const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

  it('from a newer Rollcall', () => {
    const file = join(temporaryFolder(), 'new.sqlite')
    writeLibraryV1(file)
    const db = new BetterSqlite(file)
    db.pragma('user_version = 99')
    db.close()
    const before = digest(file)
    expect(open(file)).toMatchObject({ ok: false, error: { code: 'library-unusable', reason: 'newer-version' } })
    expect(digest(file)).toBe(before)
  })

  it('that is no database', () => {
    const file = join(temporaryFolder(), 'text.sqlite')
    writeFileSync(file, 'this is not a database, but long enough to look at '.repeat(40))
    const before = digest(file)
    expect(open(file)).toMatchObject({ ok: false, error: { code: 'library-unusable', reason: 'corrupt' } })
    expect(digest(file)).toBe(before)
  })

  it('that is another program’s database', () => {
    const file = join(temporaryFolder(), 'other.sqlite')
    const db = new BetterSqlite(file)
    db.exec('CREATE TABLE bookmarks (id INTEGER)')
    db.close()
    const before = digest(file)
    expect(open(file)).toMatchObject({ ok: false, error: { code: 'library-unusable', reason: 'corrupt' } })
    expect(digest(file)).toBe(before)
  })

  it('that is a folder, or lies under a file', () => {
    const folder = temporaryFolder()
    expect(open(folder)).toMatchObject({ ok: false, error: { reason: 'unreadable' } })
    writeFileSync(join(folder, 'file'), '')
    expect(open(join(folder, 'file', 'library.sqlite'))).toMatchObject({ ok: false, error: { reason: 'unreadable' } })
  })

  it('that another program has locked', { timeout: 20_000 }, () => {
    const file = join(temporaryFolder(), 'locked.sqlite')
    const other = new BetterSqlite(file)
    other.pragma('locking_mode = EXCLUSIVE')
    other.exec('BEGIN EXCLUSIVE; CREATE TABLE t (id INTEGER)')
    expect(open(file)).toMatchObject({ ok: false, error: { code: 'library-unusable', reason: 'locked' } })
    other.close()
  })

  it('and one that fails later is a LibraryFault', () => {
    const { photos, file } = openTestLibrary()
    const other = new BetterSqlite(file)
    other.exec('BEGIN EXCLUSIVE')
    expect(() => photos.save([photoChange('one', 1)])).toThrow(LibraryFault)
    other.exec('ROLLBACK')
    other.close()
    photos.save([photoChange('one', 1)])
    expect(photos.find(ASKED.address, ASKED.sizeCode)).not.toBeNull()
  })
})

describe('a migration', () => {
  it('leaves a backup of the file as it was', () => {
    const file = join(temporaryFolder(), 'old.sqlite')
    writeLibraryV1(file)
    const db = new BetterSqlite(file)
    expect(migrate(db, [...ALL_MIGRATIONS, NEXT])).toEqual({ ok: true, value: { fromVersion: 1 } })
    expect(db.pragma('user_version', { simple: true })).toBe(NEXT.version)
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    db.close()
    const backup = new BetterSqlite(`${file}.v1.backup`)
    expect(backup.pragma('user_version', { simple: true })).toBe(1)
    expect(backup.prepare('SELECT count(*) FROM person').pluck().get()).toBe(1)
    backup.close()
  })

  it.each([
    ['fails half-way', 'CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1)'],
    ['leaves a dangling key', 'CREATE TABLE half (id INTEGER) STRICT; DELETE FROM mailbox'],
  ])('that %s leaves nothing behind', (_, sql) => {
    const file = join(temporaryFolder(), 'old.sqlite')
    writeLibraryV1(file)
    const db = new BetterSqlite(file)
    expect(() => migrate(db, [...ALL_MIGRATIONS, { version: NEXT.version, name: 'bad', sql }])).toThrow()
    expect(db.pragma('user_version', { simple: true })).toBe(1)
    expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0)
    expect(db.prepare('SELECT count(*) FROM mailbox').pluck().get()).toBe(1)
    db.close()
  })
})

describe('the file of an account', () => {
  it.each([
    '../../etc/passwd@x',
    'con@host',
    "o'brien+a#b&c@fjordline.example",
    'åse@fjordline.example',
    `${'a'.repeat(200)}@x`,
  ])('has a safe name inside the data folder for %s', (text) => {
    const name = libraryFile('data', address(text)).slice(join('data', 'libraries').length + 1)
    expect(name).toMatch(/^[a-z0-9._-]{1,90}\.sqlite$/)
  })

  it('is another for addresses that read alike', () => {
    expect(libraryFile('data', address('a+b@x'))).not.toBe(libraryFile('data', address('a&b@x')))
  })

  it('goes whole when it is removed, and nothing else goes', () => {
    const folder = temporaryFolder()
    const file = libraryFile(folder, ASKED.address)
    const { close } = openTestLibrary(file)
    openTestLibrary(libraryFile(folder, address('other@x'))).close()
    close()
    writeFileSync(`${file}.v1.backup`, '')
    removeLibrary(file)
    removeLibrary(join(folder, 'nowhere', 'none.sqlite'))
    expect(readdirSync(join(folder, 'libraries'))).toHaveLength(1)
    expect(existsSync(file)).toBe(false)
  })
})

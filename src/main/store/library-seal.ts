import type { Database } from 'better-sqlite3'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SealRepository } from '../core/library/ports.ts'
import type { Guard } from './guard.ts'
import { SEAL_KEY_BYTES, seal, unseal } from './picture-seal.ts'

/** What stands in a library for its key: a text that only the key opens. */
const CHECK_TEXT = Buffer.from('Rollcall library')

/** How a picture's bytes lie in the file. */
export interface StoredBytes {
  readonly bytes: Uint8Array
  readonly is_sealed: 0 | 1
}

/** The seal of one opened library: what the shelf of pictures writes and reads through. Inside the library only. */
export interface LibrarySeal extends SealRepository {
  /** Bytes as they are to be written now. */
  wrap(bytes: Uint8Array, contentHash: Uint8Array): StoredBytes
  /** The plain bytes; null when they cannot be opened. */
  unwrap(stored: StoredBytes, contentHash: Uint8Array): Uint8Array | null
}

interface SealRow {
  readonly is_on: 0 | 1
  readonly key_check: Buffer
}

const KEY_MISSING = {
  code: 'library-unusable',
  reason: 'key-missing',
  detail: 'its pictures are encrypted and the key is not at hand',
} as const

/** Opens the seal. Fails with `library-unusable` (`key-missing`) when the library has one and `key` does not fit. */
export function openSeal(db: Database, key: Uint8Array | null, guard: Guard): Result<LibrarySeal> {
  const read = db.prepare<[], SealRow>('SELECT is_on, key_check FROM seal')
  const row = read.get()
  if (row === undefined) return ok(assembleSeal(db, null, guard))
  return key !== null && isKeyOf(row, key) ? ok(assembleSeal(db, key, guard)) : fail(KEY_MISSING)
}

function isKeyOf(row: SealRow, key: Uint8Array): boolean {
  if (key.byteLength !== SEAL_KEY_BYTES) return false
  return unseal(key, row.key_check, CHECK_TEXT)?.equals(CHECK_TEXT) ?? false
}

function assembleSeal(db: Database, firstKey: Uint8Array | null, guard: Guard): LibrarySeal {
  const sql = prepareStatements(db)
  let key = firstKey
  let isOn = sql.isOn.get() === 1

  const wrap = (bytes: Uint8Array, contentHash: Uint8Array): StoredBytes =>
    isOn && key !== null ? { bytes: seal(key, bytes, contentHash), is_sealed: 1 } : { bytes, is_sealed: 0 }
  const unwrap = (stored: StoredBytes, contentHash: Uint8Array): Uint8Array | null => {
    if (stored.is_sealed === 0) return stored.bytes
    return key === null ? null : unseal(key, stored.bytes, contentHash)
  }
  const remaining = (): number => sql.count.get(isOn ? 0 : 1) ?? 0

  const rewrite = db.transaction((limit: number): boolean => {
    const rows = sql.list.all(isOn ? 0 : 1, limit)
    for (const row of rows) {
      const plain = unwrap(row, row.content_hash)
      // What cannot be opened is as good as gone: without its bytes the photo is asked for anew.
      if (plain === null) sql.remove.run(row.id)
      else {
        const { bytes, is_sealed } = wrap(plain, row.content_hash)
        sql.update.run(bytes, is_sealed, row.id)
      }
    }
    if (rows.length < limit && !isOn) sql.forgetKey.run()
    return rows.length === limit
  })

  return {
    wrap,
    unwrap,
    state: () => guard('seal.state', () => ({ isOn, hasKey: sql.isOn.get() !== undefined, remaining: remaining() })),
    switchOn(newKey) {
      guard('seal.switchOn', () => sql.write.run(1, seal(newKey, CHECK_TEXT, CHECK_TEXT)))
      key = newKey
      isOn = true
    },
    switchOff() {
      guard('seal.switchOff', () => sql.setOff.run())
      isOn = false
    },
    rewriteSome: (limit) => guard('seal.rewriteSome', () => rewrite.immediate(limit)),
  }
}

function prepareStatements(db: Database) {
  return {
    isOn: db.prepare<[], 0 | 1>('SELECT is_on FROM seal').pluck(),
    write: db.prepare<[0 | 1, Buffer]>('INSERT OR REPLACE INTO seal (id, is_on, key_check) VALUES (1, ?, ?)'),
    setOff: db.prepare('UPDATE seal SET is_on = 0'),
    forgetKey: db.prepare('DELETE FROM seal WHERE is_on = 0'),
    count: db.prepare<[0 | 1], number>('SELECT count(*) FROM picture_bytes WHERE is_sealed = ?').pluck(),
    list: db.prepare<[0 | 1, number], StoredBytes & { id: number; content_hash: Buffer }>(
      `SELECT picture.id, content_hash, picture_bytes.bytes, is_sealed FROM picture_bytes
       JOIN picture ON picture.id = picture_id WHERE is_sealed = ? LIMIT ?`,
    ),
    update: db.prepare<[Uint8Array, 0 | 1, number]>(
      'UPDATE picture_bytes SET bytes = ?, is_sealed = ? WHERE picture_id = ?',
    ),
    remove: db.prepare<[number]>('DELETE FROM picture_bytes WHERE picture_id = ?'),
  }
}

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openLibrary } from '../../../src/main/store/open-library.ts'
import { seal, unseal } from '../../../src/main/store/picture-seal.ts'
import { contentHash } from '../../../src/main/system/content-hash.ts'
import { collectingLog } from '../../support/collecting-log.ts'
import { openTestLibrary, photoChange } from '../../support/open-test-library.ts'
import { address } from '../../support/people.ts'

const KEY = randomBytes(32)
const OTHER_KEY = randomBytes(32)
const FACE = 'a face in the clear '.repeat(100)
const hashOf = (text: string) => contentHash(Buffer.from(text))
const changes = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    photoChange(`${at} ${FACE}`, 100, { address: address(`p${at}@x.example`), etag: null }),
  )
const raw = (file: string) => Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)]).toString('latin1')

describe('a sealed text', () => {
  it('opens with its key and context only, and not when a bit was changed', () => {
    const text = Buffer.from('text')
    const context = Buffer.from('context')
    const sealed = seal(KEY, text, context)
    expect(unseal(KEY, sealed, context)).toEqual(text)
    expect(unseal(OTHER_KEY, sealed, context)).toBeNull()
    expect(unseal(KEY, sealed, Buffer.from('other'))).toBeNull()
    for (const at of [0, 13, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(unseal(KEY, changed, context)).toBeNull()
    }
    expect(unseal(KEY, Buffer.alloc(5), context)).toBeNull()
  })

  it('is never the same twice', () => {
    const text = Buffer.from('text')
    expect(seal(KEY, text, text).equals(seal(KEY, text, text))).toBe(false)
  })
})

describe('an encrypted library', () => {
  it('holds no picture in the clear once all are rewritten, and reads every one', () => {
    const library = openTestLibrary()
    library.photos.save(changes(30))
    library.seal.switchOn(KEY)
    expect(library.seal.state()).toEqual({ isOn: true, hasKey: true, remaining: 30 })
    expect(raw(library.file).includes('a face in the clear')).toBe(true)
    // New pictures are encrypted at once, old ones are read as before.
    library.photos.save([photoChange(`new ${FACE}`, 100, { etag: null })])
    expect(library.seal.state().remaining).toBe(30)
    expect(library.photos.readBytes(hashOf(`3 ${FACE}`))).not.toBeNull()
    while (library.seal.rewriteSome(7));
    while (library.upkeep.giveBackSpace(100));
    expect(library.seal.state().remaining).toBe(0)
    expect(raw(library.file).includes('a face in the clear')).toBe(false)
    for (const { text } of [{ text: `new ${FACE}` }, { text: `29 ${FACE}` }])
      expect(Buffer.from(library.photos.readBytes(hashOf(text)) ?? []).toString()).toBe(text)
    expect(library.upkeep.check()).toEqual([])
  })

  it('says so when its key is missing or another, and opens with the right one', () => {
    const library = openTestLibrary()
    library.photos.save(changes(1))
    library.seal.switchOn(KEY)
    library.close()
    const open = (key: Uint8Array | null) => openLibrary(library.file, { log: collectingLog(), key })
    for (const key of [null, OTHER_KEY, Buffer.alloc(3)])
      expect(open(key)).toMatchObject({ ok: false, error: { code: 'library-unusable', reason: 'key-missing' } })
    expect(openTestLibrary(library.file, KEY).photos.hasBytes(hashOf(`0 ${FACE}`))).toBe(true)
  })

  it.each([4, 1])('goes on where it was broken off, after %d rounds, in either direction', (rounds) => {
    const first = openTestLibrary()
    first.photos.save(changes(20))
    first.seal.switchOn(KEY)
    for (let round = 0; round < rounds; round += 1) first.seal.rewriteSome(4)
    first.close()
    const second = openTestLibrary(first.file, KEY)
    expect(second.seal.state()).toEqual({ isOn: true, hasKey: true, remaining: 20 - 4 * rounds })
    second.seal.switchOff()
    second.seal.rewriteSome(2)
    expect(second.seal.state()).toMatchObject({ isOn: false, hasKey: true })
    second.close()
    const third = openTestLibrary(first.file, KEY)
    while (third.seal.rewriteSome(4));
    expect(third.seal.state()).toEqual({ isOn: false, hasKey: false, remaining: 0 })
    third.close()
    // In the clear again, it needs no key.
    const fourth = openTestLibrary(first.file)
    for (let at = 0; at < 20; at += 1) expect(fourth.photos.readBytes(hashOf(`${at} ${FACE}`))).not.toBeNull()
  })

  it('does not give out a picture whose encrypted bytes were changed or exchanged', () => {
    const library = openTestLibrary()
    library.seal.switchOn(KEY)
    library.photos.save(changes(2))
    const db = new BetterSqlite(library.file)
    db.exec(
      'UPDATE picture_bytes SET bytes = (SELECT bytes FROM picture_bytes WHERE picture_id = 1) WHERE picture_id = 2',
    )
    db.close()
    expect(library.photos.readBytes(hashOf(`1 ${FACE}`))).toBeNull()
    expect(library.photos.hasBytes(hashOf(`1 ${FACE}`))).toBe(false)
    expect(library.photos.readBytes(hashOf(`0 ${FACE}`))).not.toBeNull()
  })
})

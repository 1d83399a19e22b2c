import { readFileSync } from 'node:fs'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { contentHash } from '../../../src/main/system/content-hash.ts'
import { ASKED, openTestLibrary, photoChange } from '../../support/open-test-library.ts'
import { address, somePerson } from '../../support/people.ts'

const DAY_MS = 86_400_000
const BO = address('bo@fjordline.example')
const hashOf = (text: string) => contentHash(Buffer.from(text))
const BOTH = { photos: true, history: true, sizeCodes: null }

describe('the size of a library', () => {
  it('counts people, pictures once each, photos by size, and versions', () => {
    const { photos, people, upkeep } = openTestLibrary()
    people.save([somePerson('Anna Berg')], 1)
    photos.save([
      photoChange('one', 100),
      photoChange('one', 100, { sizeCode: 'HR648x648' }),
      photoChange('longer', 200, { sizeCode: 'HR648x648' }),
    ])
    expect(upkeep.measure()).toMatchObject({
      people: 1,
      pictures: 2,
      pictureBytes: 9,
      sizes: [
        { sizeCode: 'HR96x96', photos: 1, bytes: 3 },
        { sizeCode: 'HR648x648', photos: 1, bytes: 6 },
      ],
      history: { versions: 1, oldestMs: 200 },
    })
    expect(upkeep.measure().fileBytes).toBeGreaterThan(0)
  })
})

describe('the history', () => {
  it('loses pictures that were replaced before a time, with their bytes, and no other', () => {
    const { photos, upkeep } = openTestLibrary()
    photos.save([photoChange('one', 100), photoChange('two', 200), photoChange('three', 300)])
    expect(upkeep.dropHistory(250)).toBe(1)
    expect(photos.listHistory(ASKED.address).map(({ contentHash: hash }) => hash)).toEqual([hashOf('two')])
    expect(['one', 'two', 'three'].map((text) => photos.hasBytes(hashOf(text)))).toEqual([false, true, true])
    expect(upkeep.dropHistory(250)).toBe(0)
  })
})

describe('a purge', () => {
  it('removes the photos of the sizes that are named, and leaves people and other sizes', () => {
    const { photos, people, upkeep } = openTestLibrary()
    people.save([{ ...somePerson('Anna Berg'), address: ASKED.address }], 1)
    photos.save([photoChange('one', 100), photoChange('two', 100, { sizeCode: 'HR648x648' })])
    expect(upkeep.purge([ASKED.address], { photos: true, history: false, sizeCodes: ['HR96x96'] })).toEqual({
      people: 0,
      photos: 1,
      versions: 0,
    })
    expect(photos.listForPerson(ASKED.address).map(({ record }) => record.sizeCode)).toEqual(['HR648x648'])
    expect(photos.hasBytes(hashOf('one'))).toBe(false)
    expect(people.count()).toBe(1)
  })

  it('removes earlier pictures alone when that is what is asked for', () => {
    const { photos, upkeep } = openTestLibrary()
    photos.save([photoChange('one', 100), photoChange('two', 200)])
    expect(upkeep.purge([ASKED.address], { photos: false, history: true, sizeCodes: null }).versions).toBe(1)
    expect(photos.hasBytes(hashOf('one'))).toBe(false)
    expect(photos.find(ASKED.address, ASKED.sizeCode)?.record.contentHash).toBe(hashOf('two'))
  })

  it('leaves a picture that somebody else shows', () => {
    const { photos, upkeep } = openTestLibrary()
    photos.save([photoChange('one', 100), photoChange('one', 100, { address: BO })])
    upkeep.purge([ASKED.address], BOTH)
    expect(photos.hasBytes(hashOf('one'))).toBe(true)
  })
})

describe('a person who is forgotten', () => {
  const LONG = 'a face that must not be found again '.repeat(400)

  it('leaves nothing in the file: no row, no picture, no earlier picture, no free page, no log', () => {
    const { photos, people, upkeep, file } = openTestLibrary()
    const gone = { ...somePerson('Zebedee Quux'), address: ASKED.address, office: 'Ultima Thule' }
    people.save([gone, { ...somePerson('Bo Lie'), address: BO }], 1)
    const strange = 'https://mail.example/odd?who=anna.berg@fjordline.example'
    photos.save([
      photoChange(`old ${LONG}`, 100),
      photoChange(`new ${LONG}`, 200, { askedUrl: strange }),
      photoChange('of bo', 100, { address: BO, askedUrl: ASKED.askedUrl.replace('anna.berg', 'bo') }),
    ])
    expect(upkeep.forget([ASKED.address])).toEqual({ people: 1, photos: 1, versions: 1 })
    while (upkeep.giveBackSpace(100));
    const bytes = Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)]).toString('latin1')
    const traces = ['a face that must not', 'anna.berg', 'Zebedee', 'Ultima Thule']
    expect(traces.filter((trace) => bytes.includes(trace))).toEqual([])
    expect(bytes.includes('bo@fjordline.example')).toBe(true)
    expect(people.count()).toBe(1)
    expect(photos.hasBytes(hashOf('of bo'))).toBe(true)
    expect(upkeep.check()).toEqual([])
  })

  it('is a leaver when neither the directory nor the server told about the mailbox since a time', () => {
    const { photos, people, upkeep } = openTestLibrary()
    people.save([somePerson('Old Hand')], 100)
    people.save([somePerson('New Hand')], 2 * DAY_MS)
    photos.save([photoChange('one', 100), photoChange('one', 2 * DAY_MS, { address: BO })])
    const leavers = upkeep.listLeavers(DAY_MS, 10)
    expect(leavers.sort()).toEqual([ASKED.address, somePerson('Old Hand').address].sort())
    expect(upkeep.listMailboxes()).toHaveLength(4)
  })
})

describe('what is dropped first when the library is too large', () => {
  it('is earlier versions, then sizes that are not shown, then the shown, the oldest of each first', () => {
    const { photos, upkeep } = openTestLibrary()
    photos.save([
      photoChange('tile', 10, { sizeCode: 'HR240x240' }),
      photoChange('small b', 40, { sizeCode: 'HR64x64' }),
      photoChange('small a', 30, { sizeCode: 'HR48x48' }),
      photoChange('earlier', 500),
      photoChange('now', 600),
    ])
    const hashes = (bytes: number) => {
      const ids = upkeep.listLeastNeeded(bytes)
      const all = ['tile', 'small b', 'small a', 'earlier', 'now']
      upkeep.evict(ids)
      return all.filter((text) => !photos.hasBytes(hashOf(text)))
    }
    expect(hashes(1)).toEqual(['earlier'])
    expect(hashes(8)).toEqual(['small b', 'small a', 'earlier'])
    expect(hashes(1)).toEqual(['small b', 'small a', 'earlier', 'now'])
    expect(hashes(1)).toEqual(['tile', 'small b', 'small a', 'earlier', 'now'])
    // What is known of a photo stays when its bytes go.
    expect(photos.find(ASKED.address, 'HR64x64')?.record).toMatchObject({ verdict: 'photo', widthPx: 96 })
    expect(photos.listHistory(ASKED.address)).toEqual([])
  })

  it('gives the room back to the disk', () => {
    const { photos, upkeep } = openTestLibrary()
    for (let at = 0; at < 40; at += 1)
      photos.save([photoChange(`${at} `.padEnd(20_000), at, { address: address(`p${at}@x.example`), etag: null })])
    const before = upkeep.measure()
    upkeep.evict(upkeep.listLeastNeeded(before.pictureBytes / 2))
    expect(upkeep.giveBackSpace(10)).toBe(true)
    while (upkeep.giveBackSpace(100));
    const after = upkeep.measure()
    expect(after.freeBytes).toBe(0)
    expect(after.fileBytes).toBeLessThan(before.fileBytes * 0.6)
  })
})

describe('a check', () => {
  it('says what is wrong', () => {
    const { photos, upkeep, file } = openTestLibrary()
    photos.save([photoChange('one', 100)])
    expect(upkeep.check()).toEqual([])
    const db = new BetterSqlite(file)
    db.pragma('foreign_keys = OFF')
    db.exec('DELETE FROM mailbox')
    db.close()
    expect(upkeep.check()).toEqual(['a row of photo refers to one that is not there'])
  })
})

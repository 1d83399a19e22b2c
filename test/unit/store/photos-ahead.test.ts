import BetterSqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import type { PhotoChange } from '../../../src/main/core/photos/ports.ts'
import { createPhotosAhead } from '../../../src/main/store/photos-ahead.ts'
import { contentHash } from '../../../src/main/system/content-hash.ts'
import { ASKED, openTestLibrary, photoChange } from '../../support/open-test-library.ts'
import { address } from '../../support/people.ts'

const absent = (atMs: number): PhotoChange => ({ ...ASKED, atMs, kind: 'absent', status: 404 })
const hashOf = (text: string) => contentHash(Buffer.from(text))
const BO = address('bo@fjordline.example')

it('tells what is held, and who is not known, as it would be told one by one', () => {
  const { photos } = openTestLibrary()
  photos.save([photoChange('one', 100)])
  const held = photos.find(ASKED.address, ASKED.sizeCode)
  photos.lookAhead([ASKED.address, BO], [ASKED.sizeCode, 'HR648x648'])
  expect(photos.find(ASKED.address, ASKED.sizeCode)).toEqual(held)
  expect(photos.find(ASKED.address, 'HR648x648')).toBeNull()
  expect(photos.find(BO, ASKED.sizeCode)).toBeNull()
  expect([photos.hasBytes(hashOf('one')), photos.hasBytes(hashOf('two'))]).toEqual([true, false])
})

it('does not outlive a save of the same photo', () => {
  const { photos } = openTestLibrary()
  photos.save([photoChange('one', 100)])
  photos.lookAhead([ASKED.address, BO], [ASKED.sizeCode])
  photos.save([absent(200), { ...photoChange('of bo', 200), address: BO }])
  expect(photos.find(ASKED.address, ASKED.sizeCode)?.record.verdict).toBe('absent')
  expect(photos.find(BO, ASKED.sizeCode)?.record.verdict).toBe('photo')
})

it('does not outlive a removal', () => {
  const { photos, upkeep } = openTestLibrary()
  photos.save([photoChange('one', 100)])
  photos.lookAhead([ASKED.address], [ASKED.sizeCode])
  upkeep.purge([ASKED.address], { photos: true, history: true, sizeCodes: null })
  expect(photos.find(ASKED.address, ASKED.sizeCode)).toBeNull()
  expect(photos.hasBytes(hashOf('one'))).toBe(false)
})

it('is believed for two seconds, because another program may write to the same library', () => {
  const { file, photos } = openTestLibrary()
  const db = new BetterSqlite(file)
  onTestFinished(() => void db.close())
  let nowMs = 1_000
  const ahead = createPhotosAhead(db, () => nowMs)
  ahead.load([ASKED.address], [ASKED.sizeCode])
  photos.save([photoChange('one', 100)])
  expect(ahead.find(ASKED.address, ASKED.sizeCode)).toBeNull()
  nowMs += 2_000
  expect(ahead.find(ASKED.address, ASKED.sizeCode)).toBeUndefined()
  ahead.load([ASKED.address], [ASKED.sizeCode])
  expect(ahead.find(ASKED.address, ASKED.sizeCode)?.record.verdict).toBe('photo')
})

it('names those pictures that are whole, and drops damaged bytes', () => {
  const { photos, file } = openTestLibrary()
  photos.save([photoChange('one', 100), { ...photoChange('two', 100), address: BO }])
  const db = new BetterSqlite(file)
  db.exec("UPDATE picture_bytes SET bytes = CAST('onf' AS BLOB) WHERE bytes = CAST('one' AS BLOB)")
  db.close()
  expect(photos.listWhole([hashOf('one'), hashOf('two'), hashOf('none')])).toEqual([hashOf('two')])
  expect([photos.hasBytes(hashOf('one')), photos.hasBytes(hashOf('two'))]).toEqual([false, true])
})

it('lists the photos of several people at once', () => {
  const { photos } = openTestLibrary()
  photos.save([
    photoChange('large', 100, { sizeCode: 'HR648x648' }),
    photoChange('one', 100),
    { ...photoChange('of bo', 200), address: BO },
  ])
  const held = photos.listForPeople([BO, address('nobody@fjordline.example'), ASKED.address])
  expect([...held.keys()].toSorted()).toEqual([ASKED.address, BO].toSorted())
  expect(held.get(ASKED.address)).toEqual(photos.listForPerson(ASKED.address))
})

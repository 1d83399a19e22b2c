import BetterSqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { PhotoChange } from '../../../src/main/core/photos/ports.ts'
import { contentHash } from '../../../src/main/system/content-hash.ts'
import type { AppError } from '../../../src/shared/errors.ts'
import type { SoapPhotoAnswer } from '../../../src/shared/photos.ts'
import { ASKED, openTestLibrary, photoChange } from '../../support/open-test-library.ts'
import { address } from '../../support/people.ts'

const BUSY: AppError = { code: 'throttled', endpoint: 'https://mail.fjordline.example', retryAfterMs: 5 }
const absent = (atMs: number): PhotoChange => ({ ...ASKED, atMs, kind: 'absent', status: 404 })
const notModified = (atMs: number): PhotoChange => ({
  ...ASKED,
  atMs,
  kind: 'not-modified',
  status: 304,
  freshUntilMs: 77,
})
const failed = (atMs: number): PhotoChange => ({ ...ASKED, atMs, kind: 'failed', status: 503, error: BUSY })
const hashOf = (text: string) => contentHash(Buffer.from(text))

describe('what is kept of a photo', () => {
  it('is nothing when it was never asked', () => {
    const { photos } = openTestLibrary()
    expect(photos.find(ASKED.address, ASKED.sizeCode)).toBeNull()
    expect(photos.listForPerson(ASKED.address)).toEqual([])
    expect(photos.hasBytes(hashOf('x'))).toBe(false)
    expect(photos.readBytes(hashOf('x'))).toBeNull()
  })

  it('is the whole evidence of the answer, and the bytes as received', () => {
    const { photos } = openTestLibrary()
    photos.save([photoChange('one', 100, { freshUntilMs: 500 })])
    expect(photos.find(ASKED.address, ASKED.sizeCode)).toEqual({
      freshUntilMs: 500,
      record: {
        address: ASKED.address,
        sizeCode: ASKED.sizeCode,
        askedUrl: ASKED.askedUrl,
        verdict: 'photo',
        contentHash: hashOf('one'),
        etag: '"one"',
        contentType: 'image/jpeg',
        format: 'jpeg',
        isDecodable: true,
        widthPx: 96,
        heightPx: 90,
        bytes: 3,
        hasLocation: false,
        status: 200,
        soapAnswer: null,
        requestId: null,
        server: 'mail.fjordline.example',
        servedFrom: 'wire',
        firstSeenMs: 100,
        changedMs: 100,
        checkedMs: 100,
        askedMs: 100,
        isRemoved: false,
        isEtagTrusted: true,
        refused: null,
        error: null,
      },
    })
    expect(Buffer.from(photos.readBytes(hashOf('one')) ?? []).toString()).toBe('one')
    expect(photos.hasBytes(hashOf('one'))).toBe(true)
  })

  it('is what a SOAP answer said, and no status that was never sent', () => {
    const { photos } = openTestLibrary()
    const soap = (kind: 'absent' | 'not-modified', soapAnswer: SoapPhotoAnswer, atMs: number) =>
      ({ ...ASKED, atMs, kind, status: 200, soapAnswer, freshUntilMs: null }) as const
    photos.save([photoChange('one', 100), soap('not-modified', 'unchanged', 200)])
    const read = () => photos.find(ASKED.address, ASKED.sizeCode)?.record
    expect(read()).toMatchObject({ verdict: 'photo', status: 200, soapAnswer: 'unchanged', servedFrom: 'library' })
    photos.save([soap('absent', 'no-picture-data', 300)])
    expect(read()).toMatchObject({ verdict: 'absent', status: 200, soapAnswer: 'no-picture-data', servedFrom: 'wire' })
    photos.save([photoChange('two', 400)])
    expect(read()).toMatchObject({ verdict: 'photo', status: 200, soapAnswer: null, servedFrom: 'wire' })
  })

  it('names the question by which the server’s logs know it, and the last attempt’s when that failed', () => {
    const { photos } = openTestLibrary()
    const idAfter = (change: PhotoChange) => {
      photos.save([change])
      return photos.find(ASKED.address, ASKED.sizeCode)?.record.requestId
    }
    expect(idAfter(photoChange('one', 100, { requestId: 'first' }))).toBe('first')
    expect(idAfter({ ...notModified(200), requestId: 'second' })).toBe('second')
    expect(idAfter({ ...failed(300), requestId: 'third' })).toBe('third')
    expect(idAfter({ ...absent(400), requestId: 'fourth' })).toBe('fourth')
  })

  it('is confirmed by a 304, which changes nothing else', () => {
    const { photos } = openTestLibrary()
    photos.save([photoChange('one', 100), notModified(200)])
    expect(photos.find(ASKED.address, ASKED.sizeCode)).toMatchObject({
      freshUntilMs: 77,
      record: {
        verdict: 'photo',
        servedFrom: 'library',
        status: 304,
        etag: '"one"',
        changedMs: 100,
        checkedMs: 200,
        firstSeenMs: 100,
      },
    })
  })

  it('takes no verdict from a 304 that nothing was held for', () => {
    const { photos } = openTestLibrary()
    photos.save([notModified(200), absent(300), notModified(400)])
    expect(photos.find(ASKED.address, ASKED.sizeCode)?.record).toMatchObject({ verdict: 'absent', checkedMs: 300 })
  })

  it('stays unchanged by the same bytes under a new ETag', () => {
    const { photos } = openTestLibrary()
    photos.save([photoChange('one', 100), photoChange('one', 200, { etag: 'W/"new"' })])
    expect(photos.find(ASKED.address, ASKED.sizeCode)?.record).toMatchObject({
      etag: 'W/"new"',
      changedMs: 100,
      checkedMs: 200,
    })
    expect(photos.listHistory(ASKED.address)).toEqual([])
  })

  it('is never overwritten by a failure, which stands beside it until the next verdict', () => {
    const { photos } = openTestLibrary()
    photos.save([photoChange('one', 100), failed(200)])
    expect(photos.find(ASKED.address, ASKED.sizeCode)?.record).toMatchObject({
      verdict: 'photo',
      contentHash: hashOf('one'),
      status: 503,
      error: BUSY,
      checkedMs: 100,
    })
    photos.save([notModified(300)])
    expect(photos.find(ASKED.address, ASKED.sizeCode)?.record).toMatchObject({ status: 304, error: null })
  })

  it('is a failure without a verdict when nothing else was ever answered', () => {
    const { photos } = openTestLibrary()
    photos.save([failed(200)])
    expect(photos.find(ASKED.address, ASKED.sizeCode)?.record).toMatchObject({
      verdict: 'not-asked',
      status: 503,
      error: BUSY,
      checkedMs: null,
      contentHash: null,
      askedUrl: ASKED.askedUrl,
    })
  })
})

describe('a body that is no whole picture', () => {
  const facts = { format: 'unknown', widthPx: null, heightPx: null, isDecodable: false, hasLocation: false } as const
  const refused = (text: string, atMs: number): PhotoChange => {
    const bytes = Buffer.from(text)
    const picture = { contentHash: hashOf(text), bytes, facts }
    return { ...ASKED, atMs, kind: 'refused', picture, etag: '"bad"', contentType: 'image/jpeg', freshUntilMs: null }
  }

  it('stands beside the good picture as evidence, and replaces nothing', () => {
    const { photos } = openTestLibrary()
    photos.save([photoChange('one', 100), refused('garbage', 200)])
    const record = photos.find(ASKED.address, ASKED.sizeCode)?.record
    expect(record).toMatchObject({
      contentHash: hashOf('one'),
      etag: '"one"',
      isDecodable: true,
      checkedMs: 200,
      error: null,
    })
    expect(record?.refused).toEqual({
      atMs: 200,
      contentHash: hashOf('garbage'),
      bytes: 7,
      contentType: 'image/jpeg',
      etag: '"bad"',
      format: 'unknown',
      widthPx: null,
      heightPx: null,
    })
    expect(photos.listHistory(ASKED.address)).toEqual([])
  })

  it.each([
    ['the next good picture', photoChange('two', 300)],
    ['a 304', notModified(300)],
    ['a removal', absent(300)],
  ])('is dropped, bytes and all, by %s', (_, change) => {
    const { photos } = openTestLibrary()
    photos.save([photoChange('one', 100), refused('garbage', 200), change])
    expect(photos.find(ASKED.address, ASKED.sizeCode)?.record.refused).toBeNull()
    expect(photos.hasBytes(hashOf('garbage'))).toBe(false)
  })
})

describe('an ETag', () => {
  it('that comes with other bytes than before is not trusted any more, whatever comes later', () => {
    const { photos } = openTestLibrary()
    const isTrusted = () => photos.find(ASKED.address, ASKED.sizeCode)?.record.isEtagTrusted
    photos.save([photoChange('one', 100, { etag: '"same"' })])
    expect(isTrusted()).toBe(true)
    photos.save([photoChange('two', 200, { etag: '"same"' })])
    expect(isTrusted()).toBe(false)
    photos.save([photoChange('three', 300, { etag: '"other"' })])
    expect(isTrusted()).toBe(false)
  })
})

describe('the history', () => {
  it('keeps earlier pictures with their dates, newest first, also of a photo that was removed', () => {
    const { photos } = openTestLibrary()
    photos.save([photoChange('one', 100), photoChange('two', 200), absent(300)])
    const facts = { sizeCode: ASKED.sizeCode, format: 'jpeg', isDecodable: true, widthPx: 96, heightPx: 90, bytes: 3 }
    expect(photos.listHistory(ASKED.address)).toEqual([
      { ...facts, contentHash: hashOf('two'), fromMs: 200, untilMs: 300 },
      { ...facts, contentHash: hashOf('one'), fromMs: 100, untilMs: 200 },
    ])
    expect(photos.hasBytes(hashOf('one'))).toBe(true)
    expect(photos.find(ASKED.address, ASKED.sizeCode)?.record).toMatchObject({
      verdict: 'absent',
      contentHash: null,
      widthPx: null,
      changedMs: 300,
      firstSeenMs: 100,
      isRemoved: true,
      status: 404,
    })
  })

  it('is not begun when it is off, and the replaced bytes go at once', () => {
    const { photos } = openTestLibrary()
    photos.save([photoChange('one', 100)])
    photos.save([photoChange('two', 200)], { isHistoryKept: false })
    expect(photos.listHistory(ASKED.address)).toEqual([])
    expect(photos.hasBytes(hashOf('one'))).toBe(false)
    expect(photos.hasBytes(hashOf('two'))).toBe(true)
  })
})

describe('bytes', () => {
  it('are kept once, however many sizes got the same answer', () => {
    const { photos, file, close } = openTestLibrary()
    photos.save([photoChange('one', 100), photoChange('one', 100, { sizeCode: 'HR648x648' })])
    expect(photos.listForPerson(ASKED.address).map(({ record }) => record.sizeCode)).toEqual(['HR96x96', 'HR648x648'])
    close()
    const db = new BetterSqlite(file)
    expect(db.prepare('SELECT count(*) FROM picture_bytes').pluck().get()).toBe(1)
    db.close()
  })

  it('that are damaged are not given out, count as gone, and heal with the next download', () => {
    const { photos, file } = openTestLibrary()
    photos.save([photoChange('one', 100)])
    const db = new BetterSqlite(file)
    db.exec("UPDATE picture_bytes SET bytes = CAST('onf' AS BLOB)")
    db.close()
    expect(photos.hasBytes(hashOf('one'))).toBe(true)
    expect(photos.readBytes(hashOf('one'))).toBeNull()
    expect(photos.hasBytes(hashOf('one'))).toBe(false)
    photos.save([photoChange('one', 200)])
    expect(photos.readBytes(hashOf('one'))).not.toBeNull()
  })

  it('cost a file of at most 1.1 times their sum', () => {
    const { photos, file, close } = openTestLibrary()
    const sizes = Array.from({ length: 600 }, (_, at) => 6_000 + ((at * 7_919) % 24_000))
    photos.save(
      sizes.map((size, at) =>
        photoChange(`${at} `.padEnd(size, String(at % 7)), 100, {
          address: address(`p${at}@fjordline.example`),
          etag: `"${at}"`,
        }),
      ),
    )
    close()
    const db = new BetterSqlite(file)
    const pages = db.pragma('page_count', { simple: true }) as number
    const fileBytes = pages * (db.pragma('page_size', { simple: true }) as number)
    db.close()
    expect(fileBytes / sizes.reduce((sum, size) => sum + size)).toBeLessThan(1.1)
  })
})

describe('many photos', () => {
  it('are all kept or none', () => {
    const { photos } = openTestLibrary()
    const unusable = photoChange('two', 100, { sizeCode: 'HR48x48', atMs: 1.5 })
    expect(() => photos.save([photoChange('one', 100), unusable])).toThrow()
    expect(photos.listForPerson(ASKED.address)).toEqual([])
    expect(photos.hasBytes(hashOf('one'))).toBe(false)
  })

  it('are gone through page by page, each once, and the library can be written meanwhile', () => {
    const { photos } = openTestLibrary()
    const changes = Array.from({ length: 4_100 }, (_, at) => ({
      ...absent(at),
      address: address(`p${at}@fjordline.example`),
    }))
    photos.save(changes)
    const seen = new Set<string>()
    for (const { record } of photos.iterateAll()) {
      seen.add(record.address)
      if (seen.size === 10) photos.save([photoChange('one', 100, { address: address('p0@fjordline.example') })])
    }
    expect(seen.size).toBe(4_100)
  })
})

import { describe, expect, it } from 'vitest'
import type { PictureShelf } from '../../../../src/main/core/export/export-picture.ts'
import type { ExportSink } from '../../../../src/main/core/export/ports.ts'
import { type ExportRun, runExport } from '../../../../src/main/core/export/run-export.ts'
import type { AppError } from '../../../../src/shared/errors.ts'
import type { ExportSize } from '../../../../src/shared/export-size.ts'
import type { PhotoRecord } from '../../../../src/shared/photos.ts'
import { fail, ok } from '../../../../src/shared/result.ts'
import { addressOf, heldPhoto } from '../../../support/photo-records.ts'

const UNREACHABLE: AppError = {
  code: 'unreachable',
  endpoint: 'https://mail.fjordline.example',
  reason: 'ECONNREFUSED',
}
const ABSENT: Partial<PhotoRecord> = { verdict: 'absent', contentHash: null }
const failing = (error: AppError): Partial<PhotoRecord> => ({ verdict: 'not-asked', contentHash: null, error })
const bytesOf = (text: string) => new TextEncoder().encode(text)

/** A folder in memory: what was committed, and whether the temporary folder is gone. */
function memorySink(taken: string[] = [], writes: Partial<Pick<ExportSink, 'write'>> = {}) {
  const part = new Map<string, string>()
  const committed = new Map<string, string>()
  let isDiscarded = false
  const sink: ExportSink = {
    listTaken: async () => new Set(taken),
    write: async (name, bytes) => {
      part.set(name, new TextDecoder().decode(bytes))
      return ok(null)
    },
    commit: async () => {
      for (const [name, text] of part) committed.set(name, text)
      return ok(null)
    },
    discard: async () => {
      isDiscarded = true
    },
    ...writes,
  }
  return { sink, committed, isDiscarded: () => isDiscarded }
}

/** A library and a server in one: what each person's question comes to. Bytes are the hash. */
function shelfOf(
  records: Record<string, Partial<PhotoRecord>>,
  more: Partial<PictureShelf> = {},
): PictureShelf & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    photos: { listForPerson: () => [], readBytes: (hash) => (hash.startsWith('gone') ? null : bytesOf(hash)) },
    ensurePhoto: async (address, sizeCode, { isForced }) => {
      const name = address.split('@')[0] ?? ''
      asked.push(`${name} ${sizeCode}${isForced ? ' forced' : ''}`)
      return heldPhoto({ address, sizeCode, contentHash: `${name} ${sizeCode}`, ...records[name] })
    },
    resizer: { resize: async (bytes, widthPx) => ok(bytesOf(`${new TextDecoder().decode(bytes)} at ${widthPx}`)) },
    ...more,
  }
}

function run(names: string[], shelf: PictureShelf, sink: ExportSink, more: Partial<ExportRun> = {}) {
  const failures: [string, string][] = []
  let advanced = 0
  const size: ExportSize = { kind: 'size-code', sizeCode: 'HR240x240' }
  const people = names.map((name) => ({ address: addressOf(name), displayName: name }))
  const context = {
    signal: new AbortController().signal,
    advance: () => {
      advanced += 1
    },
    fail: (subject: string, error: AppError) => failures.push([subject.split('@')[0] ?? '', error.code]),
  }
  const end = runExport({ people, size, shelf, sink, concurrency: 1, context, ...more })
  return { end, failures, advanced: () => advanced }
}

const WIDTH: ExportSize = { kind: 'width', widthPx: 300 }

describe('runExport', () => {
  it('writes the bytes as received when a size code is asked for, named after the person and the real format', async () => {
    const { sink, committed, isDiscarded } = memorySink()
    const { end, advanced } = run(['ada', 'bo'], shelfOf({ bo: { format: 'png' } }), sink)
    expect(await end).toEqual(ok({ files: 2 }))
    expect([...committed]).toEqual([
      ['ada.jpg', 'ada HR240x240'],
      ['bo.png', 'bo HR240x240'],
    ])
    expect(advanced()).toBe(2)
    expect(isDiscarded()).toBe(false)
  })

  it('scales the largest picture down when a width is asked for', async () => {
    const { sink, committed } = memorySink()
    await run(['ada'], shelfOf({ ada: { format: 'png', widthPx: 648 } }), sink, { size: WIDTH }).end
    expect([...committed]).toEqual([['ada.jpg', 'ada HR648x648 at 300']])
  })

  it('passes a picture on as it is where the resizer has nothing to make smaller', async () => {
    const { sink, committed } = memorySink()
    const shelf = shelfOf({ ada: { format: 'png', widthPx: 120 } }, { resizer: { resize: async (bytes) => ok(bytes) } })
    await run(['ada'], shelf, sink, { size: WIDTH }).end
    expect([...committed]).toEqual([['ada.png', 'ada HR648x648']])
  })

  it('lists people without a photo and pictures that do not decode as failures', async () => {
    const { sink, committed } = memorySink()
    const records = { ada: ABSENT, bo: { isDecodable: false } }
    const { end, failures } = run(['ada', 'bo', 'cy'], shelfOf(records), sink, { size: WIDTH })
    expect(await end).toEqual(ok({ files: 1 }))
    expect(failures).toEqual([
      ['ada', 'no-photo'],
      ['bo', 'photo-unreadable'],
    ])
    expect([...committed.keys()]).toEqual(['cy.jpg'])
  })

  it('exports what is held although the server cannot be asked', async () => {
    const { sink, committed } = memorySink()
    await run(['ada'], shelfOf({ ada: { error: UNREACHABLE } }), sink).end
    expect([...committed.keys()]).toEqual(['ada.jpg'])
  })

  it('scales the best that is held when the largest cannot be asked for', async () => {
    const { sink, committed } = memorySink()
    const held = heldPhoto({ sizeCode: 'HR360x360', contentHash: 'held', widthPx: 360, heightPx: 360 })
    const photos = { listForPerson: () => [held], readBytes: bytesOf }
    await run(['ada'], shelfOf({ ada: failing(UNREACHABLE) }, { photos }), sink, { size: WIDTH }).end
    expect([...committed]).toEqual([['ada.jpg', 'held at 300']])
  })

  it('asks again for a picture whose bytes are damaged, once', async () => {
    const { sink } = memorySink()
    const shelf = shelfOf({ ada: { contentHash: 'gone' } })
    const { end, failures } = run(['ada'], shelf, sink)
    await end
    expect(shelf.asked).toEqual(['ada HR240x240', 'ada HR240x240 forced'])
    expect(failures).toEqual([['ada', 'photo-unreadable']])
  })

  it('stops after three failures of the server in a row and leaves nothing', async () => {
    const { sink, committed, isDiscarded } = memorySink()
    const down = failing(UNREACHABLE)
    const shelf = shelfOf({ bo: down, cy: down, di: down })
    expect(await run(['ada', 'bo', 'cy', 'di', 'ed'], shelf, sink).end).toEqual(fail(UNREACHABLE))
    expect(shelf.asked).toHaveLength(4)
    expect(committed.size).toBe(0)
    expect(isDiscarded()).toBe(true)
  })

  it('goes on when the server answers in between', async () => {
    const { sink } = memorySink()
    const down = failing(UNREACHABLE)
    const { end, failures } = run(
      ['ada', 'bo', 'cy', 'di', 'ed'],
      shelfOf({ ada: down, bo: down, cy: ABSENT, di: down, ed: down }),
      sink,
    )
    expect(await end).toEqual(ok({ files: 0 }))
    expect(failures).toHaveLength(5)
  })

  it('stops at once when the sign-in is refused', async () => {
    const refused: AppError = {
      code: 'unauthorized',
      endpoint: 'https://mail.fjordline.example',
      hint: 'wrong-password',
    }
    const { sink } = memorySink()
    const shelf = shelfOf({ ada: failing(refused) })
    expect(await run(['ada', 'bo'], shelf, sink).end).toEqual(fail(refused))
    expect(shelf.asked).toEqual(['ada HR240x240'])
  })

  it('stops when the folder cannot be written', async () => {
    const error: AppError = { code: 'not-writable', target: '/x', reason: 'ENOSPC' }
    const { sink, isDiscarded } = memorySink([], { write: async () => fail(error) })
    expect(await run(['ada', 'bo'], shelfOf({}), sink).end).toEqual(fail(error))
    expect(isDiscarded()).toBe(true)
  })

  it('leaves nothing when it is cancelled, and blames nobody', async () => {
    const { sink, committed, isDiscarded } = memorySink()
    const controller = new AbortController()
    const shelf = shelfOf({ bo: failing({ code: 'cancelled' }) })
    const failures: string[] = []
    const context = {
      signal: controller.signal,
      advance: () => controller.abort(),
      fail: (subject: string) => failures.push(subject),
    }
    expect(await run(['ada', 'bo', 'cy'], shelf, sink, { context }).end).toEqual(fail({ code: 'cancelled' }))
    expect(committed.size).toBe(0)
    expect(isDiscarded()).toBe(true)
    expect(failures).toEqual([])
    expect(shelf.asked).toEqual(['ada HR240x240'])
  })

  it('discards after a bug, once nobody writes any more', async () => {
    const { sink, isDiscarded } = memorySink()
    const resizer = { resize: () => Promise.reject(new Error('bug')) }
    const { end } = run(['ada', 'bo'], shelfOf({}, { resizer }), sink, { size: WIDTH, concurrency: 2 })
    await expect(end).rejects.toThrow('bug')
    expect(isDiscarded()).toBe(true)
  })

  it('keeps the order of names when several are in hand', async () => {
    const { sink, committed } = memorySink(['kim.jpg'])
    const people = ['a', 'b', 'c'].map((name) => ({ address: addressOf(name), displayName: 'Kim' }))
    await run([], shelfOf({}), sink, { people, concurrency: 3 }).end
    expect(Object.fromEntries(committed)).toEqual({
      'Kim (2).jpg': 'a HR240x240',
      'Kim (3).jpg': 'b HR240x240',
      'Kim (4).jpg': 'c HR240x240',
    })
  })
})

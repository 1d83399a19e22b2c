import { describe, expect, it } from 'vitest'
import type { PhotoChange } from '../../../../src/main/core/photos/ports.ts'
import { LibraryFault } from '../../../../src/main/core/ports.ts'
import { createBatchWriter } from '../../../../src/main/core/sync/create-batch-writer.ts'
import { createManualClock, silentLog } from '../../../support/manual-clock.ts'
import { addressOf } from '../../../support/photo-records.ts'

const DISK_FULL = { code: 'library-unusable', reason: 'disk-full', detail: 'full' } as const
const change = (name: string): PhotoChange => ({
  kind: 'absent',
  status: 404,
  address: addressOf(name),
  sizeCode: 'HR240x240',
  atMs: 1,
  askedUrl: '',
})

function setUp(
  save: (changes: readonly PhotoChange[]) => void = () => {},
  whenWritable: () => Promise<void> | null = () => null,
) {
  const clock = createManualClock()
  const saved: number[] = []
  const writer = createBatchWriter({
    clock,
    save: (changes) => {
      save(changes)
      saved.push(changes.length)
    },
    whenWritable,
    log: silentLog,
    onSaved: () => {},
  })
  return { clock, writer, saved }
}

describe('the batch writer', () => {
  it('saves many answers in one go, and answers each only when it is saved', async () => {
    const { clock, writer, saved } = setUp()
    let isKept = false
    void writer.add(change('a')).then(() => {
      isKept = true
    })
    void writer.add(change('b'))
    await clock.advance(24)
    expect([isKept, saved]).toEqual([false, []])
    await clock.advance(1)
    expect([isKept, saved]).toEqual([true, [2]])
  })

  it('does not wait once sixteen are together', async () => {
    const { writer, saved } = setUp()
    const kept = Array.from({ length: 17 }, (_, index) => writer.add(change(`p${index}`)))
    await kept[0]
    expect(saved).toEqual([16])
    writer.flush()
    await kept[16]
    expect(saved).toEqual([16, 1])
  })

  it('says of every answer of a batch that it could not be kept, and goes on with the next', async () => {
    let isFull = true
    const { writer, saved } = setUp(() => {
      if (isFull) throw new LibraryFault(DISK_FULL)
    })
    const lost = [writer.add(change('a')), writer.add(change('b'))]
    writer.flush()
    expect(await Promise.all(lost)).toEqual([DISK_FULL, DISK_FULL])
    isFull = false
    const kept = writer.add(change('c'))
    writer.flush()
    expect(await kept).toBeNull()
    expect(saved).toEqual([1])
  })

  it('gathers answers while the library cannot take more, and saves them when it can', async () => {
    const room = Promise.withResolvers<void>()
    let isFull = true
    const { clock, writer, saved } = setUp(undefined, () => (isFull ? room.promise : null))
    const kept = Array.from({ length: 60 }, (_, index) => writer.add(change(`p${index}`)))
    await clock.advance(1_000)
    expect(saved).toEqual([])
    isFull = false
    room.resolve()
    expect(await Promise.all(kept)).toEqual(kept.map(() => null))
    expect(saved).toEqual([60])
  })

  it('saves what waits for room when it is closed', async () => {
    const { writer, saved } = setUp(undefined, () => new Promise(() => {}))
    const kept = writer.add(change('a'))
    writer.close()
    expect(await kept).toBeNull()
    expect(saved).toEqual([1])
  })
})

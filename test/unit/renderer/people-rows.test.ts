import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPeopleRows, PAGE_ROWS } from '../../../src/renderer/api/people-rows.ts'
import type { PeopleWindow } from '../../../src/shared/contract/people.ts'
import type { PeopleQuery, PersonRow } from '../../../src/shared/people.ts'
import { NO_FILTER } from '../../../src/shared/people.ts'
import { smtpAddressSchema } from '../../../src/shared/smtp-address.ts'

const QUERY: PeopleQuery = { text: '', filter: NO_FILTER, sort: 'name' }

function row(name: string): PersonRow {
  return {
    address: smtpAddressSchema.parse(`${name}@fjordline.example`),
    displayName: name,
    title: '',
    department: '',
    office: '',
    kind: 'person',
    photo: { state: 'not-asked', tile: null, findings: [] },
  }
}

interface Asked {
  readonly offset: number
  readonly query: PeopleQuery
  readonly signal: AbortSignal
  answer(): void
  refuse(): void
}

/** An engine whose people can be changed, and which answers only when it is told to. */
function setUp(count: number) {
  let people = Array.from({ length: count }, (_, at) => row(`p${String(at).padStart(6, '0')}`))
  const asked: Asked[] = []
  const frames: (() => void)[] = []
  const drawFrame = () => {
    for (const work of frames.splice(0)) work()
  }
  const rows = createPeopleRows(
    ({ query, offset, limit }, signal) =>
      new Promise<PeopleWindow>((resolve, reject) => {
        asked.push({
          offset,
          query,
          signal,
          answer: () =>
            resolve({
              revision: 1,
              known: people.length,
              total: people.length,
              offset,
              groups: [],
              rows: people.slice(offset, offset + limit),
            }),
          refuse: () => reject(new Error('the link was lost')),
        })
      }),
    (work) => void frames.push(work),
  )
  /** Answers everything that was asked, and what is asked because of the answers. */
  async function answerAll() {
    for (let at = 0; at < asked.length; at += 1) {
      asked[at]?.answer()
      await Promise.resolve()
      await Promise.resolve()
      await Promise.resolve()
    }
    asked.length = 0
  }
  return {
    rows,
    asked,
    answerAll,
    drawFrame,
    change: (next: (all: PersonRow[]) => PersonRow[]) => (people = next(people)),
  }
}

const offsets = (asked: readonly Asked[]) => asked.map(({ offset }) => offset)

afterEach(() => void vi.useRealTimers())

describe('rows of the grid', () => {
  it('asks for the first window of a new query and for nothing far away', async () => {
    const { rows, asked, answerAll } = setUp(100_000)
    rows.setViewport(0, 39)
    rows.setQuery(QUERY)
    expect(asked.map(({ offset }) => offset)).toEqual([0])
    await answerAll()
    expect(rows.read().total).toBe(100_000)
    expect(rows.read().rowAt(0)?.displayName).toBe('p000000')
    expect(rows.read().rowAt(50_000)).toBeNull()
  })

  it('loads what is scrolled to, and gives up what was passed on the way', async () => {
    vi.useFakeTimers()
    const { rows, asked, answerAll } = setUp(100_000)
    rows.setQuery(QUERY)
    await answerAll()
    vi.advanceTimersByTime(200)
    await answerAll()
    rows.setViewport(20_000, 20_039)
    const passed = asked.find(({ offset }) => offset <= 20_000 && 20_000 < offset + PAGE_ROWS)
    expect(passed?.signal.aborted).toBe(false)
    rows.setViewport(60_000, 60_039)
    expect(passed?.signal.aborted).toBe(true)
    vi.advanceTimersByTime(40)
    await answerAll()
    expect(rows.read().rowAt(60_010)?.displayName).toBe('p060010')
  })

  it('asks for nobody while the scrollbar is dragged on, and for where it has stopped', async () => {
    vi.useFakeTimers()
    const { rows, asked, answerAll } = setUp(100_000)
    rows.setQuery(QUERY)
    await answerAll()
    for (let first = 1_000; first <= 90_000; first += 1_000) {
      rows.setViewport(first, first + 39)
      vi.advanceTimersByTime(30)
    }
    expect(asked).toHaveLength(0)
    vi.advanceTimersByTime(10)
    expect(offsets(asked)).toEqual([90_000])
  })

  it('asks for those beside the screen when a new query has been looked at for a while', async () => {
    vi.useFakeTimers()
    const { rows, asked, answerAll } = setUp(100_000)
    rows.setViewport(0, 39)
    rows.setQuery(QUERY)
    await answerAll()
    vi.advanceTimersByTime(199)
    expect(asked).toHaveLength(0)
    vi.advanceTimersByTime(1)
    expect(offsets(asked)).toEqual([PAGE_ROWS, 2 * PAGE_ROWS])
  })

  it('asks for those who come next first, two windows ahead and one behind', async () => {
    vi.useFakeTimers()
    const { rows, asked, answerAll } = setUp(100_000)
    rows.setViewport(0, 39)
    rows.setQuery(QUERY)
    await answerAll()
    rows.setViewport(6_000, 6_039)
    vi.advanceTimersByTime(200)
    await answerAll()
    rows.setViewport(6_060, 6_099)
    expect(offsets(asked)).toEqual([6_180])
    await answerAll()
    rows.setViewport(6_000, 6_039)
    expect(offsets(asked)).toEqual([5_880])
  })

  it('has the rows that came at once, and tells of them once a frame', async () => {
    vi.useFakeTimers()
    const { rows, answerAll, drawFrame } = setUp(100_000)
    rows.setQuery(QUERY)
    await answerAll()
    const facts = rows.readFacts()
    let told = 0
    rows.subscribe(() => {
      told += 1
    })
    rows.setViewport(0, 150)
    await answerAll()
    expect(rows.read().rowAt(130)?.displayName).toBe('p000130')
    expect(told).toBe(0)
    drawFrame()
    drawFrame()
    expect(told).toBe(1)
    expect(rows.readFacts()).toBe(facts)
  })

  it('keeps showing the previous query until the new one is answered', async () => {
    const { rows, asked, answerAll } = setUp(10)
    rows.setQuery(QUERY)
    await answerAll()
    rows.setQuery({ ...QUERY, text: 'p' })
    expect(rows.read()).toMatchObject({ isLoading: true, total: 10, query: QUERY })
    expect(asked).toHaveLength(1)
    await answerAll()
    expect(rows.read()).toMatchObject({ isLoading: false, query: { text: 'p' } })
  })

  it('does not show the answer of a query that is no longer wanted', async () => {
    const { rows, asked } = setUp(10)
    rows.setQuery({ ...QUERY, text: 'first' })
    rows.setQuery({ ...QUERY, text: 'second' })
    const [first, second] = asked
    second?.answer()
    await Promise.resolve()
    first?.answer()
    await new Promise((resolve) => setImmediate(resolve))
    expect(rows.read().query?.text).toBe('second')
  })

  it('shows a changed photo in its place without asking again', async () => {
    const { rows, asked, answerAll } = setUp(10)
    rows.setQuery(QUERY)
    await answerAll()
    const changed: PersonRow = { ...row('p000003'), photo: { state: 'none', tile: null, findings: ['missing'] } }
    rows.photosChanged([changed])
    expect(rows.read().rowAt(3)?.photo.state).toBe('none')
    expect(asked).toHaveLength(0)
  })

  it('asks again when photos change and the filter depends on them', async () => {
    const { rows, asked, answerAll } = setUp(10)
    rows.setQuery({ ...QUERY, filter: { ...NO_FILTER, states: ['none'] } })
    await answerAll()
    rows.photosChanged([row('p000003')])
    expect(asked).toHaveLength(1)
  })

  it('holds back an order that would move what is under the pointer, until it is asked for', async () => {
    const { rows, answerAll, change } = setUp(10)
    rows.setViewport(0, 9)
    rows.setQuery(QUERY)
    await answerAll()
    rows.setHeld(true)
    change((all) => [row('a-newcomer'), ...all])
    rows.peopleChanged()
    await answerAll()
    expect(rows.read()).toMatchObject({ hasNewerOrder: true, total: 10 })
    expect(rows.read().rowAt(0)?.displayName).toBe('p000000')
    rows.showNewerOrder()
    expect(rows.read()).toMatchObject({ hasNewerOrder: false, total: 11 })
    expect(rows.read().rowAt(0)?.displayName).toBe('a-newcomer')
  })

  it('takes what comes after the last tile at once, because it moves nothing', async () => {
    const { rows, answerAll, change } = setUp(10)
    rows.setViewport(0, 9)
    rows.setQuery(QUERY)
    await answerAll()
    rows.setHeld(true)
    change((all) => [...all, row('z-newcomer')])
    rows.peopleChanged()
    await answerAll()
    expect(rows.read()).toMatchObject({ hasNewerOrder: false, total: 11 })
  })

  it('keeps the rows and tells the error when a window cannot be had', async () => {
    const { rows, asked, answerAll } = setUp(PAGE_ROWS)
    rows.setQuery(QUERY)
    await answerAll()
    rows.peopleChanged()
    asked[0]?.refuse()
    await new Promise((resolve) => setImmediate(resolve))
    expect(rows.read().error?.code).toBe('unreachable')
    expect(rows.read().rowAt(0)?.displayName).toBe('p000000')
  })

  it('forgets everybody when the account changes', async () => {
    const { rows, answerAll } = setUp(10)
    rows.setQuery(QUERY)
    await answerAll()
    rows.reset()
    expect(rows.read()).toMatchObject({ query: null, total: 0, isLoading: true })
    await answerAll()
    expect(rows.read().total).toBe(10)
  })
})

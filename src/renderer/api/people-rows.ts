import type { PeopleGroup, PeopleWindow } from '../../shared/contract/people.ts'
import type { AppError } from '../../shared/errors.ts'
import type { PeopleQuery, PersonRow } from '../../shared/people.ts'
import { dependsOnPhotos, patchRows } from './photo-news.ts'
import { isSameFacts, isSameGrouping, isSameQuery } from './same-rows.ts'
import { toAppError } from './to-app-error.ts'

/** Rows asked for at once: a screen of a common window. What they cost, from the index to the page, grows with their number. */
export const PAGE_ROWS = 60
/** Pages that are kept; those farthest from the viewport go first. */
const KEPT_PAGES = 100
/**
 * How long the rows of a new query, or of quite another place, are looked at before those beside them are asked for, ms: whoever types on
 * or drags the scrollbar on has no use for them.
 */
const NEIGHBOURS_AFTER_MS = 200
/** How long a grid that leaps from one place to another must have stayed until its rows are asked for, ms. */
const STILL_AFTER_MS = 40
/** Windows asked for at the same time. */
const REQUESTS_AT_ONCE = 2

/** What is known of all rows of a query, at a moment. */
export interface PeopleRowsFacts {
  /** The query that the rows are of; null before the first answer. */
  readonly query: PeopleQuery | null
  /** People that the query finds, and people that are known at all. */
  readonly total: number
  readonly known: number
  /** The groups of all people found, first to last; empty when they are not grouped. */
  readonly groups: readonly PeopleGroup[]
  /** A newer query has no answer yet: what is shown is the previous one's. */
  readonly isLoading: boolean
  /** A newer order is at hand and held back, because it would move what is under the pointer. */
  readonly hasNewerOrder: boolean
  readonly error: AppError | null
}

/** What a grid over any number of people shows at a moment. */
export interface PeopleRowsSnapshot extends PeopleRowsFacts {
  /** The row at an index of the order; null while it is not loaded. */
  rowAt(index: number): PersonRow | null
}

/** Rows of a query, loaded in windows around what is on screen, and kept up to date by the engine's events. */
export interface PeopleRows {
  read(): PeopleRowsSnapshot
  /** The same object as before for as long as only rows come and go. */
  readFacts(): PeopleRowsFacts
  subscribe(listener: () => void): () => void
  setQuery(query: PeopleQuery): void
  /** First and last index on screen, both included. */
  setViewport(first: number, last: number): void
  /** While held, a change of order waits for `showNewerOrder`. */
  setHeld(isHeld: boolean): void
  showNewerOrder(): void
  /** The set of people changed: what is on screen is asked for again. */
  peopleChanged(): void
  photosChanged(rows: readonly PersonRow[]): void
  /** Forgets everything (another account) and asks again. */
  reset(): void
}

export type SearchPeople = (
  input: { query: PeopleQuery; offset: number; limit: number },
  signal: AbortSignal,
) => Promise<PeopleWindow>

type Page = readonly PersonRow[]

interface Shown {
  query: PeopleQuery | null
  total: number
  known: number
  groups: readonly PeopleGroup[]
  pages: Map<number, Page>
}

const NOTHING_SHOWN = { query: null, total: 0, known: 0, groups: [] } as const

const pageOf = (index: number) => Math.floor(index / PAGE_ROWS)

/**
 * Makes the rows of a grid.
 * @param search asks the engine for a window of a query
 * @param nextFrame runs work when the page is drawn next
 */
export function createPeopleRows(search: SearchPeople, nextFrame: (work: () => void) => void): PeopleRows {
  const listeners = new Set<() => void>()
  const requests = new Map<number, AbortController>()
  const newer = new Map<number, PeopleWindow>()
  let stale = new Set<number>()
  let wanted: PeopleQuery | null = null
  let shown: Shown = { ...NOTHING_SHOWN, pages: new Map() }
  let viewport = { first: 0, last: 0 }
  let isMovingUp = false
  let isHeld = false
  /** While it runs it is only asked for what is on screen. */
  let neighboursTimer: ReturnType<typeof setTimeout> | null = null
  let stillTimer: ReturnType<typeof setTimeout> | null = null
  let isDue = false
  let error: AppError | null = null
  let facts = takeFacts()
  let snapshot = takeSnapshot()

  function takeFacts(): PeopleRowsFacts {
    const { query, total, known, groups } = shown
    const isLoading = wanted !== null && !isSameQuery(wanted, query)
    return { query, total, known, groups, isLoading, hasNewerOrder: newer.size > 0, error }
  }
  function takeSnapshot(): PeopleRowsSnapshot {
    const { pages } = shown
    const taken = takeFacts()
    if (!isSameFacts(facts, taken)) facts = taken
    return { ...facts, rowAt: (index) => pages.get(pageOf(index))?.[index % PAGE_ROWS] ?? null }
  }
  function publish(): void {
    isDue = false
    snapshot = takeSnapshot()
    for (const listener of listeners) listener()
  }
  /** Rows come many times a frame while the grid moves. They are drawn with what the frame draws anyway, or else for themselves. */
  function publishWithFrame(): void {
    snapshot = takeSnapshot()
    if (isDue) return
    isDue = true
    nextFrame(() => {
      if (isDue) publish()
    })
  }
  function cancelRequests(): void {
    for (const request of requests.values()) request.abort()
    requests.clear()
  }

  /** Pages on screen first, then the two that come next and the one that has passed. */
  function neededPages(): number[] {
    if (!isSameQuery(wanted, shown.query)) return [0]
    const lastPage = pageOf(Math.max(0, shown.total - 1))
    const from = Math.min(pageOf(viewport.first), lastPage)
    const to = Math.min(pageOf(viewport.last), lastPage)
    const needed: number[] = []
    for (let page = from; page <= to; page += 1) needed.push(page)
    if (neighboursTimer !== null) return needed
    const after = [to + 1, to + 2].filter((page) => page <= lastPage)
    const before = [from - 1, from - 2].filter((page) => page >= 0)
    return [...needed, ...(isMovingUp ? [...before, ...after.slice(0, 1)] : [...after, ...before.slice(0, 1)])]
  }
  function giveUpPassed(needed: readonly number[]): void {
    for (const [page, request] of requests) {
      if (needed.includes(page)) continue
      request.abort()
      requests.delete(page)
    }
  }
  function pump(): void {
    if (wanted === null) return
    const needed = neededPages()
    giveUpPassed(needed)
    for (const page of needed) {
      if (requests.size >= REQUESTS_AT_ONCE) return
      const isAtHand = isSameQuery(wanted, shown.query) && shown.pages.has(page) && !stale.has(page)
      if (!isAtHand && !requests.has(page)) void load(wanted, page)
    }
  }
  async function load(query: PeopleQuery, page: number): Promise<void> {
    const request = new AbortController()
    requests.set(page, request)
    stale.delete(page)
    try {
      const window = await search({ query, offset: page * PAGE_ROWS, limit: PAGE_ROWS }, request.signal)
      if (request.signal.aborted) return
      requests.delete(page)
      error = null
      accept(query, page, window)
    } catch (thrown) {
      if (request.signal.aborted) return
      requests.delete(page)
      error = toAppError(thrown)
      publish()
      return
    }
    pump()
  }
  function askForNeighboursLater(): void {
    if (neighboursTimer !== null) clearTimeout(neighboursTimer)
    neighboursTimer = setTimeout(() => {
      neighboursTimer = null
      pump()
    }, NEIGHBOURS_AFTER_MS)
  }
  /** Dragged past faster than rows can come, the grid is asked for where it stops. */
  function pumpWhenStill(): void {
    giveUpPassed(neededPages())
    if (stillTimer !== null) clearTimeout(stillTimer)
    stillTimer = setTimeout(() => {
      stillTimer = null
      pump()
    }, STILL_AFTER_MS)
  }
  function accept(query: PeopleQuery, page: number, window: PeopleWindow): void {
    if (!isSameQuery(query, shown.query)) {
      newer.clear()
      stale = new Set()
      const { total, known, groups } = window
      shown = { query, total, known, groups, pages: new Map([[page, window.rows]]) }
      viewport = { first: 0, last: Math.min(viewport.last - viewport.first, window.total) }
      askForNeighboursLater()
      publish()
      return
    }
    if (isHeld && movesSomething(page, window)) {
      newer.set(page, window)
    } else {
      newer.delete(page)
      put(page, window)
    }
    publishWithFrame()
  }
  /** Whether taking the window would move a tile that is on screen. */
  function movesSomething(page: number, window: PeopleWindow): boolean {
    if (!isSameGrouping(shown.groups, window.groups)) return true
    const held = shown.pages.get(page)
    if (held === undefined) return false
    return held.some((row, at) => {
      const index = page * PAGE_ROWS + at
      return index >= viewport.first && index <= viewport.last && window.rows[at]?.address !== row.address
    })
  }
  function put(page: number, window: PeopleWindow): void {
    const pages = new Map(shown.pages).set(page, window.rows)
    const middle = pageOf((viewport.first + viewport.last) / 2)
    const farthestFirst = [...pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle))
    for (const far of farthestFirst.slice(0, Math.max(0, pages.size - KEPT_PAGES))) pages.delete(far)
    const { total, known } = window
    const groups = isSameGrouping(shown.groups, window.groups) ? shown.groups : window.groups
    shown = { ...shown, total, known, groups, pages }
  }

  return {
    read: () => snapshot,
    readFacts: () => facts,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    setQuery(query) {
      if (isSameQuery(wanted, query)) return
      wanted = query
      cancelRequests()
      pump()
      publish()
    },
    setViewport(first, last) {
      if (first === viewport.first && last === viewport.last) return
      const screen = last - first + 1
      const isFar = first > viewport.last + screen || last < viewport.first - screen
      const isDragged = isFar && neighboursTimer !== null
      isMovingUp = first < viewport.first
      viewport = { first, last }
      if (isFar) askForNeighboursLater()
      if (isDragged) pumpWhenStill()
      else pump()
    },
    setHeld(next) {
      isHeld = next
      if (!next) this.showNewerOrder()
    },
    showNewerOrder() {
      if (newer.size === 0) return
      for (const [page, window] of newer) put(page, window)
      newer.clear()
      publish()
    },
    peopleChanged() {
      stale = new Set(shown.pages.keys())
      pump()
    },
    photosChanged(rows) {
      const changed = new Map(rows.map((row) => [row.address, row]))
      const pages = new Map([...shown.pages].map(([page, held]) => [page, patchRows(held, changed)]))
      shown = { ...shown, pages }
      publish()
      if (shown.query !== null && dependsOnPhotos(shown.query)) this.peopleChanged()
    },
    reset() {
      cancelRequests()
      newer.clear()
      stale = new Set()
      shown = { ...NOTHING_SHOWN, pages: new Map() }
      pump()
      publish()
    },
  }
}

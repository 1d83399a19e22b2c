/** A grid that moves faster than this many of its own heights a second is flying: nobody makes out a face then. */
const FLYING_HEIGHTS_PER_S = 5
/** How long it must not have moved fast before it has settled, ms. */
const SETTLE_MS = 100
/** The same after a new search, ms: longer than somebody who types fast takes from key to key. */
const SEARCH_SETTLE_MS = 200
/** Lines follow each other by as much, ms: about a frame. */
const LINE_MS = 16
/** Movements are measured over at least this long, ms: two events of one frame say nothing of speed. */
const MEASURED_MS = 12

/** Whether a grid is flying past, by a scrollbar or by one search after the other. What appears meanwhile is shown whole when it has settled. */
export interface Flight {
  isFlying(): boolean
  /** Calls back once, when the grid has settled, one line after the other, so that the page answers between them; answers how to give that up. */
  whenSettled(listener: () => void): () => void
  /** Tells where the grid is. @param topPx its scroll position @param heightPx what of it is on screen @param nowMs any clock */
  moved(topPx: number, heightPx: number, nowMs: number): void
  /** Tells that somebody else is on screen all at once. */
  jumped(): void
}

/** Makes the flight of one grid, which stands still. */
export function createFlight(): Flight {
  const waiting = new Set<() => void>()
  let isFlying = false
  let last: { topPx: number; atMs: number } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function fly(settleMs: number): void {
    isFlying = true
    clearTimeout(timer)
    timer = setTimeout(settle, settleMs)
  }
  function settle(): void {
    isFlying = false
    last = null
    tell()
  }
  function tell(): void {
    if (isFlying) return
    const [first] = waiting
    if (first === undefined) return
    waiting.delete(first)
    first()
    if (waiting.size > 0) setTimeout(tell, LINE_MS)
  }
  return {
    isFlying: () => isFlying,
    whenSettled(listener) {
      waiting.add(listener)
      // It may have settled since the one who waits was drawn.
      if (!isFlying && waiting.size === 1) setTimeout(tell)
      return () => void waiting.delete(listener)
    },
    moved(topPx, heightPx, nowMs) {
      const before = last
      if (before !== null && nowMs - before.atMs < MEASURED_MS) return
      last = { topPx, atMs: nowMs }
      if (before === null) return
      const heightsPerS = Math.abs(topPx - before.topPx) / heightPx / ((nowMs - before.atMs) / 1_000)
      if (heightsPerS >= FLYING_HEIGHTS_PER_S) fly(SETTLE_MS)
    },
    jumped: () => fly(SEARCH_SETTLE_MS),
  }
}

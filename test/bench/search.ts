import { createPeopleIndex } from '../../src/main/core/people/create-people-index.ts'
import { NO_FILTER, type PeopleQuery } from '../../src/shared/people.ts'
import { synthesizePeople } from './bench-people.ts'
import { createRivals } from './search-rivals.ts'

/** What typing costs: ms a keystroke, and ms to fill the index at the start. */
export interface SearchFigures {
  readonly people: number
  readonly keystrokes: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly maxMs: number
  readonly fillMs: number
  readonly heapMb: number
  readonly fastestRivalP95Ms: number
}

/** Rows on a screen. */
const WINDOW_ROWS = 100

/** How long a rival may type (ms), after so many keystrokes to warm up. */
const RIVAL_MS = 20_000
const WARM_UP_KEYSTROKES = 5
/** A prime, so that a part of the keystrokes is like the whole. */
const SPREAD_STEP = 37

/** Texts that are typed letter by letter, and given up again letter by letter. */
const TYPED = [
  'anna.s@ex',
  'anna smith',
  'müller',
  'jo helsinki',
  'sales man',
  'mar',
  'e d c',
  'zzyzx',
  'o',
  's s',
  'finance li',
]

/** Types texts into an index of `people` synthetic people, beside those of the rivals, and prints what a keystroke costs. */
export async function benchSearch(people = 100_000): Promise<SearchFigures> {
  const everybody = synthesizePeople(people)
  const heapBefore = heapMb()
  const fillStart = performance.now()
  const index = createPeopleIndex()
  index.upsert(everybody)
  index.window(queryFor(''), 0, WINDOW_ROWS)
  const fillMs = performance.now() - fillStart
  const heap = heapMb() - heapBefore
  const ours = typeAll((typed) => {
    index.window(queryFor(typed), 0, WINDOW_ROWS)
  })
  const figures = { people, keystrokes: ours.length, p50Ms: at(ours, 0.5), p95Ms: at(ours, 0.95), maxMs: at(ours, 1) }
  console.log(
    `search ${people} people: ${describeDurations(ours)} over ${ours.length} keystrokes; ` +
      `filled in ${Math.round(fillMs)} ms; ${Math.round(heap)} MB beside the people`,
  )
  let fastestP95Ms = Number.POSITIVE_INFINITY
  for (const { name, search } of createRivals(everybody, WINDOW_ROWS)) {
    const durations = typeSample(search)
    fastestP95Ms = Math.min(fastestP95Ms, at(durations, 0.95))
    console.log(`  ${name}: ${describeDurations(durations)} over ${durations.length} of the keystrokes`)
  }
  console.log(`  p95 of the fastest of them is ${(fastestP95Ms / figures.p95Ms).toFixed(1)} × Rollcall’s`)
  return { ...figures, fillMs, heapMb: heap, fastestRivalP95Ms: fastestP95Ms }
}

/** Types every text and takes it back, letter by letter: once to warm up, once to measure. Durations in ms, sorted. */
function typeAll(search: (typed: string) => void): number[] {
  const keystrokes = TYPED.flatMap(keystrokesOf)
  for (const typed of keystrokes) search(typed)
  return keystrokes
    .map((typed) => {
      const start = performance.now()
      search(typed)
      return performance.now() - start
    })
    .sort((left, right) => left - right)
}

/**
 * Types as many of the keystrokes as the time allows, spread over all of them: some rivals take most of a second for one.
 * None of them remembers the keystroke before, so that the order is of no account. Durations in ms, sorted.
 */
function typeSample(search: (typed: string) => void): number[] {
  const keystrokes = TYPED.flatMap(keystrokesOf)
  const spread = keystrokes.map((_, index) => keystrokes[(index * SPREAD_STEP) % keystrokes.length] ?? '')
  for (const typed of spread.slice(0, WARM_UP_KEYSTROKES)) search(typed)
  const endMs = performance.now() + RIVAL_MS
  const durations: number[] = []
  for (const typed of spread) {
    const startMs = performance.now()
    if (startMs > endMs) break
    search(typed)
    durations.push(performance.now() - startMs)
  }
  return durations.sort((left, right) => left - right)
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function describeDurations(sorted: readonly number[]): string {
  const words = (share: number) => `${at(sorted, share).toFixed(2)} ms`
  return `p50 ${words(0.5)}, p95 ${words(0.95)}, max ${words(1)}`
}

function queryFor(text: string): PeopleQuery {
  return { text, filter: NO_FILTER, sort: 'relevance' }
}

function keystrokesOf(text: string): string[] {
  const growing = Array.from(text, (_, index) => text.slice(0, index + 1))
  return [...growing, ...growing.slice(0, -1).reverse()]
}

/** Bytes held by the heap and its buffers; exact when Node runs with `--expose-gc`. */
function heapMb(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1_000_000
}

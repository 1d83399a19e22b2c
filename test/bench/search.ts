import { createPeopleIndex } from '../../src/main/core/people/create-people-index.ts'
import { NO_FILTER, type PeopleQuery } from '../../src/shared/people.ts'
import { synthesizePeople } from './bench-people.ts'

/** What typing costs: ms a keystroke, and ms to fill the index at the start. */
export interface SearchFigures {
  readonly people: number
  readonly keystrokes: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly maxMs: number
  readonly fillMs: number
  readonly heapMb: number
}

/** Rows on a screen. */
const WINDOW_ROWS = 100

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

/** Types texts into an index of `people` synthetic people, and prints what a keystroke costs. */
export async function benchSearch(people = 100_000): Promise<SearchFigures> {
  const everybody = synthesizePeople(people)
  const heapBefore = heapMb()
  const fillStart = performance.now()
  const index = createPeopleIndex()
  index.upsert(everybody)
  index.window(queryFor(''), 0, WINDOW_ROWS)
  const fillMs = performance.now() - fillStart
  const heap = heapMb() - heapBefore
  const durations = TYPED.flatMap((text) =>
    keystrokesOf(text).map((typed) => {
      const start = performance.now()
      index.window(queryFor(typed), 0, WINDOW_ROWS)
      return performance.now() - start
    }),
  ).sort((left, right) => left - right)
  const at = (share: number) => durations[Math.min(durations.length - 1, Math.floor(durations.length * share))] ?? 0
  const figures = {
    people,
    keystrokes: durations.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    maxMs: at(1),
    fillMs,
    heapMb: heap,
  }
  const { p50Ms, p95Ms, maxMs } = figures
  console.log(
    `search ${people} people: p50 ${p50Ms.toFixed(2)} ms, p95 ${p95Ms.toFixed(2)} ms, max ${maxMs.toFixed(2)} ms ` +
      `over ${durations.length} keystrokes; filled in ${Math.round(fillMs)} ms; ${Math.round(heap)} MB beside the people`,
  )
  return figures
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

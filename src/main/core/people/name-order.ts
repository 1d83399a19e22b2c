/** A share of new people from which sorting everybody is cheaper than putting each in its place. */
const RESORT_SHARE = 8

/**
 * Everybody in the order of names, kept while people come and change their names. A collator is slow, so it compares each new
 * person with some twenty others, not all with all.
 */
export class NameOrder {
  readonly #compare: (left: number, right: number) => number
  readonly #pending = new Set<number>()
  #sorted = new Uint32Array(0)

  /** `compare` is a total order of ids by name. */
  constructor(compare: (left: number, right: number) => number) {
    this.#compare = compare
  }

  /** A person is new, or has another name. */
  touch(id: number): void {
    this.#pending.add(id)
  }

  /** The ids in order. Not to be changed, and good until the next `touch`. */
  read(): Uint32Array {
    if (this.#pending.size === 0) return this.#sorted
    const settled = this.#sorted.filter((id) => !this.#pending.has(id))
    const added = Uint32Array.from(this.#pending).sort(this.#compare)
    this.#sorted =
      added.length > settled.length / RESORT_SHARE
        ? mergeByComparing(settled, added, this.#compare)
        : mergeByPlaces(settled, added, this.#compare)
    this.#pending.clear()
    return this.#sorted
  }
}

type Compare = (left: number, right: number) => number

function mergeByComparing(settled: Uint32Array, added: Uint32Array, compare: Compare): Uint32Array<ArrayBuffer> {
  const merged = new Uint32Array(settled.length + added.length)
  let left = 0
  let right = 0
  for (let index = 0; index < merged.length; index += 1) {
    const fromSettled = settled[left]
    const fromAdded = added[right]
    const takesSettled = fromAdded === undefined || (fromSettled !== undefined && compare(fromSettled, fromAdded) <= 0)
    merged[index] = (takesSettled ? settled[left++] : added[right++]) ?? 0
  }
  return merged
}

function mergeByPlaces(settled: Uint32Array, added: Uint32Array, compare: Compare): Uint32Array<ArrayBuffer> {
  const merged = new Uint32Array(settled.length + added.length)
  let copied = 0
  for (const [count, id] of added.entries()) {
    const place = placeOf(settled, id, copied, compare)
    merged.set(settled.subarray(copied, place), copied + count)
    merged[place + count] = id
    copied = place
  }
  merged.set(settled.subarray(copied), copied + added.length)
  return merged
}

/** The first place from `low` on whose person is not before `id`. */
function placeOf(settled: Uint32Array, id: number, low: number, compare: Compare): number {
  let high = settled.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(settled[middle] ?? 0, id) < 0) low = middle + 1
    else high = middle
  }
  return low
}

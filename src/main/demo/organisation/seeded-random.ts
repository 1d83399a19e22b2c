/** A repeatable source of chance: the same seed gives the same sequence on every machine. */
export interface SeededRandom {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from 0 up to, not including, `below`. */
  integer(below: number): number
  pick<T>(list: readonly T[]): T
  /** A position in `weights`, with a chance in proportion to the weight there. */
  pickWeighted(weights: readonly number[]): number
}

/** Mixes a text into 32 bits (FNV-1a with an avalanche step). Not for secrets. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Starts a sequence (mulberry32). Not for secrets. */
export function createSeededRandom(seed: string): SeededRandom {
  let state = hash32(seed)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const integer = (below: number): number => Math.floor(next() * below)
  return {
    next,
    integer,
    pick: (list) => {
      const item = list[integer(list.length)]
      if (item === undefined) throw new Error('cannot pick from an empty list')
      return item
    },
    pickWeighted: (weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      let left = next() * total
      const found = weights.findIndex((weight) => {
        left -= weight
        return left < 0
      })
      return found === -1 ? weights.length - 1 : found
    },
  }
}

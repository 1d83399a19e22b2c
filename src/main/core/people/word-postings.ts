import type { SearchWords } from './search-words.ts'

/**
 * Words in the order of code units, each with its people behind those of the word before: a prefix is one stretch of
 * `postings`. A posting is a person's id times 2, plus 1 when the word is not of a name.
 */
export interface WordPostings {
  readonly words: readonly string[]
  /** Where each word's postings begin, and at the end how many postings there are. */
  readonly starts: Uint32Array
  readonly postings: Uint32Array
}

export const NO_POSTINGS: WordPostings = { words: [], starts: new Uint32Array(1), postings: new Uint32Array(0) }

/** Sorts people by their words. */
export function sortPostings(people: ReadonlyMap<number, SearchWords>): WordPostings {
  const numbers = new Map<string, number>()
  const wordNumbers: number[] = []
  const postings: number[] = []
  const add = (word: string, posting: number) => {
    const number = numbers.get(word) ?? numbers.size
    if (number === numbers.size) numbers.set(word, number)
    wordNumbers.push(number)
    postings.push(posting)
  }
  for (const [id, { name, other }] of people) {
    for (const word of name) add(word, id * 2)
    for (const word of other) add(word, id * 2 + 1)
  }
  const words = [...numbers.keys()].sort(compareText)
  const ranks = new Uint32Array(words.length)
  for (const [rank, word] of words.entries()) ranks[numbers.get(word) ?? 0] = rank
  return { words, ...groupByRank(postings, (index) => ranks[wordNumbers[index] ?? 0] ?? 0, words.length) }
}

/** Puts two together, without those postings of `base` whose people have newer words. */
export function mergePostings(base: WordPostings, newer: WordPostings, isReplaced: Uint8Array): WordPostings {
  const words: string[] = []
  const starts: number[] = []
  const postings = new Uint32Array(base.postings.length + newer.postings.length)
  let length = 0
  let left = 0
  let right = 0
  while (left < base.words.length || right < newer.words.length) {
    const baseWord = base.words[left]
    const newerWord = newer.words[right]
    const word = newerWord === undefined || (baseWord !== undefined && baseWord < newerWord) ? baseWord : newerWord
    const start = length
    if (baseWord === word) {
      length = copyKept(base, left, isReplaced, postings, length)
      left += 1
    }
    if (newerWord === word) {
      const added = newer.postings.subarray(newer.starts[right], newer.starts[right + 1])
      postings.set(added, length)
      length += added.length
      right += 1
    }
    if (length === start || word === undefined) continue
    words.push(word)
    starts.push(start)
  }
  starts.push(length)
  return { words, starts: Uint32Array.from(starts), postings: postings.slice(0, length) }
}

function copyKept(
  { starts, postings }: WordPostings,
  word: number,
  isReplaced: Uint8Array,
  target: Uint32Array,
  length: number,
): number {
  let end = length
  const stop = starts[word + 1] ?? 0
  for (let index = starts[word] ?? 0; index < stop; index += 1) {
    const posting = postings[index] ?? 0
    if (isReplaced[posting >>> 1] !== 1) target[end++] = posting
  }
  return end
}

/** Where the words that begin with `prefix` begin and end in `postings`. */
export function stretchOf({ words, starts }: WordPostings, prefix: string): { from: number; to: number } {
  // U+FFFF is behind every letter that folding leaves.
  return { from: starts[lowerBound(words, prefix)] ?? 0, to: starts[lowerBound(words, `${prefix}\uffff`)] ?? 0 }
}

/** The first word that is not before `text`. */
function lowerBound(words: readonly string[], text: string): number {
  let low = 0
  let high = words.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((words[middle] ?? '') < text) low = middle + 1
    else high = middle
  }
  return low
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/** A stable counting sort. */
function groupByRank(values: readonly number[], rankOf: (index: number) => number, rankCount: number) {
  const starts = new Uint32Array(rankCount + 1)
  for (let index = 0; index < values.length; index += 1) {
    const rank = rankOf(index) + 1
    starts[rank] = (starts[rank] ?? 0) + 1
  }
  for (let rank = 1; rank <= rankCount; rank += 1) starts[rank] = (starts[rank] ?? 0) + (starts[rank - 1] ?? 0)
  const places = starts.slice()
  const postings = new Uint32Array(values.length)
  for (let index = 0; index < values.length; index += 1) {
    const rank = rankOf(index)
    const place = places[rank] ?? 0
    postings[place] = values[index] ?? 0
    places[rank] = place + 1
  }
  return { starts, postings }
}

import type { QueryTerm, SearchWords } from './search-words.ts'
import { mergePostings, NO_POSTINGS, sortPostings, stretchOf, type WordPostings } from './word-postings.ts'

/** What a mark says: the term begins some word of the person. */
export const MATCHES_ANY = 1
/** The term begins a word of a name: a name's word is also some word. */
export const MATCHES_NAME = 3

/** Changed people that are looked through one by one before they are worked into the sorted words. */
const MIN_PENDING = 1_000
const PENDING_SHARE = 32

/** Finds people by the beginning of a word. Changes gather beside the sorted words, and are merged in when they are many. */
export class WordIndex {
  #sorted: WordPostings = NO_POSTINGS
  readonly #pending = new Map<number, SearchWords>()

  /** Sets the words of a person. Call `settle` after a batch. */
  set(id: number, words: SearchWords): void {
    this.#pending.set(id, words)
  }

  /** Merges what has gathered, when that is worth it. `people`: how many there are. */
  settle(people: number): void {
    if (this.#pending.size <= MIN_PENDING + people / PENDING_SHARE) return
    const isReplaced = new Uint8Array(people)
    for (const id of this.#pending.keys()) isReplaced[id] = 1
    this.#sorted = mergePostings(this.#sorted, sortPostings(this.#pending), isReplaced)
    this.#pending.clear()
  }

  /** Writes for every person whether one of the term's spellings begins a word. `marks` is as long as there are people. */
  mark(term: QueryTerm, marks: Uint8Array): void {
    marks.fill(0)
    const { postings } = this.#sorted
    for (const prefix of term) {
      const { from, to } = stretchOf(this.#sorted, prefix)
      for (let index = from; index < to; index += 1) {
        const posting = postings[index] as number // inside the array: a stretch never exceeds it
        const id = posting >>> 1
        marks[id] = (marks[id] as number) | ((posting & 1) === 1 ? MATCHES_ANY : MATCHES_NAME)
      }
    }
    for (const [id, words] of this.#pending) marks[id] = markOf(words, term)
  }
}

function markOf(words: SearchWords, term: QueryTerm): number {
  const begins = (word: string) => term.some((prefix) => word.startsWith(prefix))
  if (words.name.some(begins)) return MATCHES_NAME
  return words.other.some(begins) ? MATCHES_ANY : 0
}

import { type FactMatch, SEARCHED_FACTS, type SearchedFact } from '../../../shared/people.ts'
import { fold, isPlain } from './fold.ts'
import { addressTestOf, type QueryTerm, spellOut } from './search-words.ts'

/** Letters of one fact that are looked at, and letters that a folded letter may come from. */
const MAX_LETTERS = 256
const LONGEST_SPELLING = 8

/** Says why a search found somebody: for each fact that a word of the query begins a word of, where. */
export function matchFacts(person: Readonly<Record<SearchedFact, string>>, terms: readonly QueryTerm[]): FactMatch[] {
  return SEARCHED_FACTS.flatMap((fact) => {
    const text = person[fact]
    const ranges = mergeRanges(terms.flatMap((term) => rangesOf(fact, text, term)))
    return ranges.length === 0 ? [] : [{ fact, text, ranges }]
  })
}

type Range = [from: number, to: number]

function rangesOf(fact: SearchedFact, text: string, term: QueryTerm): Range[] {
  const isOfAddress = addressTestOf(term)
  const [wanted = ''] = term
  if (isOfAddress !== null) {
    if (fact !== 'address' || !isOfAddress(text)) return []
    const from = wanted.startsWith('@') ? text.lastIndexOf('@') : 0
    return [[from, from + wanted.length]]
  }
  const searched = fact === 'address' ? text.slice(0, text.lastIndexOf('@')) : text.slice(0, MAX_LETTERS)
  const [wordStart, endOf] = isPlain(searched) ? [PLAIN_WORD_START, endOfPlainMatch] : [WORD_START, endOfMatch]
  const ranges: Range[] = []
  for (const { index } of searched.matchAll(wordStart)) {
    const to = endOf(searched, index, term)
    if (to !== null) ranges.push([index, to])
  }
  return ranges
}

/** Every letter or digit that begins a word. Han and Hangul are written without spaces: each of their characters does. */
const WORD_START = /(?<![\p{L}\p{N}\p{M}])[\p{L}\p{N}]|[\p{Script=Han}\p{Script=Hangul}]/gu

/** The same in a plain text. Most facts are, and no stretch of them has to be folded to be looked at. */
const PLAIN_WORD_START = /(?<![A-Za-z0-9])[A-Za-z0-9]/g

/** The same as `endOfMatch`, of a plain text. */
function endOfPlainMatch(text: string, from: number, term: QueryTerm): number | null {
  const ends = term.map((wanted) => endOfPlainSpelling(text, from, wanted, lastOf(text, from, term)))
  const [first, ...others] = ends.filter((end) => end !== null)
  return first === undefined ? null : Math.min(first, ...others)
}

function endOfPlainSpelling(text: string, from: number, wanted: string, last: number): number | null {
  let matched = 0
  for (let at = from; at < last; at += 1) {
    const letter = text.charAt(at).toLowerCase()
    if (!/[a-z0-9]/.test(letter)) continue
    if (letter !== wanted.charAt(matched)) return null
    matched += 1
    if (matched === wanted.length) return at + 1
  }
  return null
}

/** Where the longest stretch from `from` on ends that a term may be. */
function lastOf(text: string, from: number, term: QueryTerm): number {
  return Math.min(text.length, from + Math.max(...term.map((spelling) => spelling.length)) + LONGEST_SPELLING)
}

/** Where the shortest stretch from `from` on ends whose fold begins with the term; null when there is none. */
function endOfMatch(text: string, from: number, term: QueryTerm): number | null {
  const last = lastOf(text, from, term)
  for (let to = from + 1; to <= last; to += 1) {
    const stretch = text.slice(from, to)
    const spellings = [lettersOf(fold(stretch)), lettersOf(fold(spellOut(stretch)))]
    if (term.some((wanted) => spellings.some((spelling) => spelling.startsWith(wanted)))) return to
    if (!term.some((wanted) => spellings.some((spelling) => wanted.startsWith(spelling)))) return null
  }
  return null
}

function lettersOf(folded: string): string {
  return folded.replace(/[^a-z0-9]+/g, '')
}

/** In order, and without overlaps. */
function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = []
  for (const [from, to] of [...ranges].sort((left, right) => left[0] - right[0])) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

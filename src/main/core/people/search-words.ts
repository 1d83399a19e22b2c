import type { Person } from '../../../shared/people.ts'
import { domainOf } from '../../../shared/smtp-address.ts'
import { fold } from './fold.ts'

/** Letters of one fact that are searched; a name from a server may be of any length. */
const MAX_LETTERS = 256

/** The words by which a person is found, folded. A word of `name` ranks before one of `other`. */
export interface SearchWords {
  readonly name: readonly string[]
  readonly other: readonly string[]
}

/** A word of a query: any of these spellings may begin a person's word. */
export type QueryTerm = readonly string[]

/** The facts of a person that are searched (F20). */
export type SearchedFacts = Pick<
  Person,
  'address' | 'displayName' | 'givenName' | 'surname' | 'alias' | 'title' | 'department' | 'office'
>

/** The words of a person: of the names, and of alias, address, department, office and title. */
export function searchWordsOf(person: SearchedFacts): SearchWords {
  const name: string[] = []
  const other: string[] = []
  const { address, alias } = person
  const localPart = address.slice(0, -domainOf(address).length - 1)
  for (const fact of [person.displayName, person.givenName, person.surname]) addMissing(name, wordsOf(fact), other)
  for (const fact of [person.title, person.department, person.office]) addMissing(other, wordsOf(fact), name)
  addMissing(other, splitWords(fold(localPart)), name)
  if (alias.toLowerCase() !== localPart) addMissing(other, splitWords(fold(alias.slice(0, MAX_LETTERS))), name)
  return { name, other }
}

/** A person has some ten words: looking through a list is quicker than making sets. */
function addMissing(words: string[], candidates: readonly string[], elsewhere: readonly string[]): void {
  for (const word of candidates) if (!words.includes(word) && !elsewhere.includes(word)) words.push(word)
}

/**
 * The words of a query, each of which must begin a word of the person. A word with an @ in it stands for an address or a
 * domain: see `addressTestOf`.
 */
export function queryTermsOf(text: string): QueryTerm[] {
  const terms = new Map<string, QueryTerm>()
  for (const token of text.split(/\s+/)) {
    for (const term of termsOfToken(token)) terms.set(term.join('|'), term)
  }
  return [...terms.values()]
}

/** Whether a term with an @ in it begins an address, or (`@example`) its domain; null for any other term. */
export function addressTestOf([text = '']: QueryTerm): ((address: string) => boolean) | null {
  if (!text.includes('@')) return null
  if (!text.startsWith('@')) return (address) => address.startsWith(text)
  return (address) => address.startsWith(text, address.lastIndexOf('@'))
}

/** A word that everybody has whose address begins with this text, `@` included; null when it has no letter or digit before. */
export function wordOfAddress(text: string): string | null {
  return splitWords(fold(text.slice(0, text.lastIndexOf('@'))))[0] ?? null
}

function termsOfToken(token: string): QueryTerm[] {
  if (token.includes('@')) return [[token.toLowerCase()]]
  const plain = splitWords(fold(token))
  const spelled = splitWords(fold(spellOut(token)))
  return plain.map((word, index) => [...new Set([word, spelled[index] ?? word])])
}

/** Words of what stands between spaces and was seen lately: the same few thousand make up nearly all names and titles. */
const recentWords = new Map<string, readonly string[]>()
const MAX_RECENT = 20_000

function wordsOf(fact: string): readonly string[] {
  const text = fact.length > MAX_LETTERS ? fact.slice(0, MAX_LETTERS) : fact
  return text.includes(' ') ? text.split(/\s+/).flatMap(wordsOfToken) : wordsOfToken(text)
}

function wordsOfToken(token: string): readonly string[] {
  const recent = recentWords.get(token)
  if (recent !== undefined) return recent
  const spelled = spellOut(token)
  const words = spelled === token ? partsAndWhole(token) : [...partsAndWhole(token), ...partsAndWhole(spelled)]
  if (recentWords.size >= MAX_RECENT) recentWords.clear()
  recentWords.set(token, words)
  return words
}

/** The words of a token, and where there are several also all in one: `annamaria` finds Anna-Maria. */
function partsAndWhole(token: string): string[] {
  const parts = splitWords(fold(token))
  return parts.length > 1 ? [...parts, parts.join('')] : parts
}

function splitWords(folded: string): string[] {
  return folded.match(/[a-z0-9]+/g) ?? []
}

/** Letters that are also written as two where the keyboard has no other way: `mueller` finds Müller, `aase` finds Åse. */
const SPELLED_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' }

/** The text with these letters written as two. */
export function spellOut(text: string): string {
  return text.normalize('NFC').replace(/[äöüøå]/giu, (letter) => SPELLED_OUT[letter.toLowerCase()] ?? letter)
}

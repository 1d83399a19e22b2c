import type { Person, PhotoSummary } from '../../../shared/people.ts'
import type { SearchedFacts } from './search-words.ts'

/** What is remembered of a person; the rest is in the library. */
export type IndexedPerson = SearchedFacts & Pick<Person, 'kind'>

/** The facts of it that an index is made of. */
export const INDEXED_FACTS = [
  'displayName',
  'givenName',
  'surname',
  'alias',
  'title',
  'department',
  'office',
  'kind',
] as const

/** What is said of photos that nobody asked for yet, and of mailboxes that have none. */
export const NOT_ASKED: PhotoSummary = { state: 'not-asked', tile: null, findings: [] }
export const NOT_EXPECTED: PhotoSummary = { state: 'not-expected', tile: null, findings: [] }

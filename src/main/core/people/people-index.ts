import type { ChipCounts, PeopleWindow } from '../../../shared/contract/people.ts'
import type { PeopleQuery, Person, PersonRow, PhotoSummary } from '../../../shared/people.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { KeptScope } from './ports.ts'

/**
 * Everybody who is known, in memory, ready to be searched at every keystroke. Words are AND-ed prefixes, folded for case,
 * diacritics and script. The last query's order is kept, so that windows of it cost nothing.
 */
export interface PeopleIndex {
  readonly size: number
  /** Grows with every change. */
  readonly revision: number
  upsert(people: Iterable<Person>): void
  /** Forgets everybody; to be filled anew. */
  clear(): void
  setPhotos(summaries: Iterable<readonly [SmtpAddress, PhotoSummary]>): void
  /** All saved scopes there are now: a query may ask for one of its lists. */
  setScopes(scopes: Iterable<KeptScope>): void
  /** Rows `offset` to `offset + limit` of what the query finds. */
  window(query: PeopleQuery, offset: number, limit: number): PeopleWindow
  countChips(query: PeopleQuery): ChipCounts
  /** Everybody whom the query finds, in its order; `among`: of these alone. */
  addresses(query: PeopleQuery, among?: readonly SmtpAddress[]): SmtpAddress[]
  position(query: PeopleQuery, address: SmtpAddress): number | null
  /** The next place after `after`, round the end, whose name begins with a text, else of whose name a word does; or null. */
  findByName(query: PeopleQuery, text: string, after: number): number | null
  row(address: SmtpAddress): PersonRow | null
}

import type { PeopleGroup } from '../../../shared/contract/people.ts'
import type { PeopleQuery, PeopleSort, Person, PersonRow, PhotoSummary } from '../../../shared/people.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { isNoneExpected } from '../audit/expect-photo.ts'
import { findByName } from './find-by-name.ts'
import { INDEXED_FACTS, type IndexedPerson, NOT_ASKED, NOT_EXPECTED } from './indexed-person.ts'
import { matchFacts } from './match-facts.ts'
import { NameOrder } from './name-order.ts'
import { PeopleColumns } from './people-columns.ts'
import { countChips, createFilterTest, isOpen } from './people-filter.ts'
import type { PeopleIndex } from './people-index.ts'
import { countGroups, orderBy, orderInGroups } from './people-orders.ts'
import type { KeptScope } from './ports.ts'
import { ScopeMembers } from './scope-members.ts'
import { addressTestOf, type QueryTerm, queryTermsOf, searchWordsOf, wordOfAddress } from './search-words.ts'
import { MATCHES_ANY, WordIndex } from './word-index.ts'

/** Orders that photos decide. */
const PHOTO_SORTS: ReadonlySet<PeopleSort> = new Set<PeopleSort>(['pixels', 'bytes', 'changed', 'finding'])

/** Makes an empty index. */
export function createPeopleIndex(): PeopleIndex {
  return new MemoryPeopleIndex()
}

/** The people of an order whom a text and a filter let through, and by what they were found. */
interface Found {
  readonly key: string
  readonly ids: Uint32Array
}

class MemoryPeopleIndex implements PeopleIndex {
  #people: IndexedPerson[] = []
  /** What the answers come to, whosever they are. */
  #summaries: PhotoSummary[] = []
  readonly #ids = new Map<SmtpAddress, number>()
  /** Photos of people who are not known yet. */
  readonly #early = new Map<SmtpAddress, PhotoSummary>()
  #columns = new PeopleColumns()
  #words = new WordIndex()
  readonly #scopes = new ScopeMembers((address) => this.#ids.get(address))
  readonly #collator = new Intl.Collator('en')
  #names = this.#newNameOrder()
  #peopleVersion = 0
  #photosVersion = 0
  #marks = new Uint8Array(0)
  #marksKey = ''
  #order: Found = { key: '', ids: new Uint32Array(0) }
  #found: Found = { key: '', ids: new Uint32Array(0) }
  /** The groups of what was found; null until they are asked for. */
  #groups: PeopleGroup[] | null = null

  get size(): number {
    return this.#people.length
  }

  get revision(): number {
    return this.#peopleVersion + this.#photosVersion
  }

  upsert(people: Iterable<Person>): void {
    let isChanged = false
    for (const person of people) isChanged = this.#upsertOne(person) || isChanged
    if (!isChanged) return
    this.#words.settle(this.size)
    this.#peopleVersion += 1
  }

  clear(): void {
    this.#people = []
    this.#summaries = []
    this.#ids.clear()
    this.#early.clear()
    this.#columns = new PeopleColumns()
    this.#words = new WordIndex()
    this.#names = this.#newNameOrder()
    this.#peopleVersion += 1
    this.#photosVersion += 1
  }

  setPhotos(summaries: Iterable<readonly [SmtpAddress, PhotoSummary]>): void {
    for (const [address, summary] of summaries) {
      const id = this.#ids.get(address)
      if (id === undefined) this.#early.set(address, summary)
      else this.#setPhoto(id, summary)
    }
    this.#photosVersion += 1
  }

  setScopes(scopes: Iterable<KeptScope>): void {
    this.#scopes.set(scopes)
  }

  window(query: PeopleQuery, offset: number, limit: number) {
    const ids = this.#find(query)
    const terms = queryTermsOf(query.text)
    const rows = Array.from(ids.subarray(offset, offset + limit), (id) =>
      terms.length === 0 ? this.#rowOf(id) : { ...this.#rowOf(id), matches: matchFacts(this.#personOf(id), terms) },
    )
    return { revision: this.revision, known: this.size, total: ids.length, offset, groups: this.#groupsOf(query), rows }
  }

  countChips({ filter, ...query }: PeopleQuery) {
    const marks = this.#markQuery(query)
    const ids = marks === null ? this.#names.read() : this.#names.read().filter((id) => marks[id] !== 0)
    return countChips(ids, filter, this.#columns)
  }

  addresses(query: PeopleQuery, among?: readonly SmtpAddress[]): SmtpAddress[] {
    const ids = this.#find(query)
    const asked = among === undefined ? null : new Set(among.map((address) => this.#ids.get(address)))
    return Array.from(asked === null ? ids : ids.filter((id) => asked.has(id)), (id) => this.#personOf(id).address)
  }

  position(query: PeopleQuery, address: SmtpAddress): number | null {
    const id = this.#ids.get(address)
    const position = id === undefined ? -1 : this.#find(query).indexOf(id)
    return position === -1 ? null : position
  }

  findByName(query: PeopleQuery, text: string, after: number): number | null {
    const ids = this.#find(query)
    return findByName(ids.length, (place) => this.#personOf(ids[place] ?? 0).displayName, text, after)
  }

  row(address: SmtpAddress): PersonRow | null {
    const id = this.#ids.get(address)
    return id === undefined ? null : this.#rowOf(id)
  }

  /** Answers whether anything is new. */
  #upsertOne(person: Person): boolean {
    const { address, displayName, givenName, surname, alias, title, department, office, kind } = person
    const knownId = this.#ids.get(address)
    const known = knownId === undefined ? null : this.#personOf(knownId)
    if (known !== null && INDEXED_FACTS.every((fact) => known[fact] === person[fact])) return false
    const id = knownId ?? this.#people.length
    this.#people[id] = { address, displayName, givenName, surname, alias, title, department, office, kind }
    this.#columns.setPerson(id, person)
    this.#words.set(id, searchWordsOf(person))
    if (known?.displayName !== displayName) this.#names.touch(id)
    if (known === null) {
      this.#ids.set(address, id)
      this.#setPhoto(id, this.#early.get(address) ?? NOT_ASKED)
      this.#early.delete(address)
    } else if (known.kind !== kind) this.#columns.setPhoto(id, this.#photoOf(id))
    return true
  }

  #setPhoto(id: number, summary: PhotoSummary): void {
    this.#summaries[id] = summary
    this.#columns.setPhoto(id, this.#photoOf(id))
  }

  /** What the answers come to, seen with whose they are. */
  #photoOf(id: number): PhotoSummary {
    const summary = this.#summaries[id] ?? NOT_ASKED
    const isExpected = !isNoneExpected(this.#personOf(id).kind, summary.state, summary.tile !== null)
    return isExpected ? summary : NOT_EXPECTED
  }

  /** Everybody whom the query finds, in its order; kept until something that matters to it changes. */
  #find(query: PeopleQuery): Uint32Array {
    const { filter } = query
    const asksPhotos = filter.states.length > 0 || filter.findings.length > 0
    const order = this.#orderFor(query)
    const versions = [this.#peopleVersion, this.#scopes.version, asksPhotos ? this.#photosVersion : 0]
    const key = JSON.stringify([query, order.key, versions])
    if (this.#found.key !== key) {
      this.#found = { key, ids: this.#select(query, order.ids) }
      this.#groups = null
    }
    return this.#found.ids
  }

  #groupsOf(query: PeopleQuery): PeopleGroup[] {
    const ids = this.#find(query)
    this.#groups ??= query.group === undefined ? [] : countGroups(ids, query.group, this.#columns)
    return this.#groups
  }

  #select({ filter, ...query }: PeopleQuery, order: Uint32Array): Uint32Array {
    const { sort, group } = query
    const marks = this.#markQuery(query)
    const test = isOpen(filter) ? null : createFilterTest(filter, this.#columns)
    if (marks === null && test === null) return order
    const isRanked = sort === 'relevance' && group === undefined && query.text.trim() !== ''
    const ids = new Uint32Array(order.length)
    const later = new Uint32Array(isRanked ? order.length : 0)
    let length = 0
    let laterLength = 0
    // A plain loop: it runs over everybody at every keystroke.
    for (let index = 0; index < order.length; index += 1) {
      const id = order[index] as number // inside the array
      const mark = marks === null ? MATCHES_ANY : marks[id]
      if (mark === 0 || (test !== null && test(id) !== 0)) continue
      if (isRanked && mark === MATCHES_ANY) later[laterLength++] = id
      else ids[length++] = id
    }
    ids.set(later.subarray(0, laterLength), length)
    return ids.subarray(0, length + laterLength)
  }

  /** For every person how the text matches, nobody beyond the scope; null when neither keeps anybody out. */
  #markQuery({ text, scopeId }: Pick<PeopleQuery, 'text' | 'scopeId'>): Uint8Array | null {
    const marks = this.#markText(text)
    if (scopeId === undefined) return marks
    const members = this.#scopes.marksOf(scopeId, this.size, this.#peopleVersion)
    return members.map((isMember, id) => (isMember === 0 ? 0 : (marks?.[id] ?? MATCHES_ANY)))
  }

  /** For every person how all of the text's words match; null when the text has no words. */
  #markText(text: string): Uint8Array | null {
    const terms = queryTermsOf(text)
    const [first, ...rest] = terms
    if (first === undefined) return null
    const key = JSON.stringify([this.#peopleVersion, terms])
    if (this.#marksKey === key) return this.#marks
    const marks = new Uint8Array(this.size)
    this.#markTerm(first, marks)
    const others = new Uint8Array(rest.length > 0 ? this.size : 0)
    for (const term of rest) {
      this.#markTerm(term, others)
      for (let id = 0; id < marks.length; id += 1) marks[id] = (marks[id] ?? 0) & (others[id] ?? 0)
    }
    this.#marks = marks
    this.#marksKey = key
    return marks
  }

  #markTerm(term: QueryTerm, marks: Uint8Array): void {
    const isOfAddress = addressTestOf(term)
    const [text = ''] = term
    if (isOfAddress === null) this.#words.mark(term, marks)
    else if (text.startsWith('@')) this.#markDomain(text, marks)
    else this.#markAddress(text, isOfAddress, marks)
  }

  /** Everybody with such an address has one of its words: only they are looked at. */
  #markAddress(text: string, isOfAddress: (address: string) => boolean, marks: Uint8Array): void {
    const word = wordOfAddress(text)
    if (word === null) marks.fill(MATCHES_ANY)
    else this.#words.mark([word], marks)
    for (let id = 0; id < marks.length; id += 1) {
      if (marks[id] !== 0) marks[id] = isOfAddress(this.#personOf(id).address) ? MATCHES_ANY : 0
    }
  }

  #markDomain(text: string, marks: Uint8Array): void {
    const { domain, domains } = this.#columns
    const isMeant = Uint8Array.from(domains.names, (name) => (name.startsWith(text) ? MATCHES_ANY : 0))
    for (let id = 0; id < marks.length; id += 1) marks[id] = isMeant[domain[id] as number] as number // both inside
  }

  #orderFor({ sort, group, ...query }: PeopleQuery): Found {
    const byName = this.#names.read()
    // How well a text matches is not turned round.
    const isByMatch = sort === 'relevance' && queryTermsOf(query.text).length > 0
    const isDescending = !isByMatch && query.isDescending === true
    if (sort === 'name' && !isDescending && group === undefined) return { key: 'name', ids: byName }
    const photosVersion = PHOTO_SORTS.has(sort) ? this.#photosVersion : 0
    const key = JSON.stringify([sort, isDescending, group, this.#peopleVersion, photosVersion])
    if (this.#order.key !== key) {
      const parts = { byName, columns: this.#columns, compareNames: this.#collator.compare }
      const ids = orderBy(sort, isDescending, parts)
      this.#order = { key, ids: group === undefined ? ids : orderInGroups(ids, group, parts) }
    }
    return this.#order
  }

  #newNameOrder(): NameOrder {
    return new NameOrder((left, right) => this.#compareByName(left, right))
  }

  #compareByName(left: number, right: number): number {
    const one = this.#personOf(left)
    const other = this.#personOf(right)
    const byName = this.#collator.compare(one.displayName || one.address, other.displayName || other.address)
    return byName !== 0 ? byName : one.address < other.address ? -1 : 1
  }

  #rowOf(id: number): PersonRow {
    const { address, displayName, title, department, office, kind } = this.#personOf(id)
    return { address, displayName, title, department, office, kind, photo: this.#photoOf(id) }
  }

  #personOf(id: number): IndexedPerson {
    const person = this.#people[id]
    if (person === undefined) throw new Error(`no person has the id ${id}`)
    return person
  }
}

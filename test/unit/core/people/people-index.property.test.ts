import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPeopleIndex } from '../../../../src/main/core/people/create-people-index.ts'
import { addressTestOf, queryTermsOf, searchWordsOf } from '../../../../src/main/core/people/search-words.ts'
import {
  FINDING_CODES,
  MAILBOX_KINDS,
  PEOPLE_GROUPINGS,
  PEOPLE_SORTS,
  type PeopleQuery,
  type Person,
  PHOTO_STATES,
  type PhotoSummary,
  type TilePhoto,
} from '../../../../src/shared/people.ts'
import type { SmtpAddress } from '../../../../src/shared/smtp-address.ts'
import { address, somePerson, someSummary } from '../../../support/people.ts'

const NAMES = ['Ann', 'Anna', 'Åse', 'Müller', 'Li', 'Иван', '王明', 'O’Hara', 'Zoë']
const PLACES = ['', 'Oslo', 'Ås', 'Anger']
const name = fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)).map((parts) => parts.join(' '))
const number = fc.integer({ min: 0, max: 60 })

const somebody = fc
  .record({
    number,
    name,
    department: fc.constantFrom(...PLACES),
    office: fc.constantFrom(...PLACES),
    kind: fc.constantFrom(...MAILBOX_KINDS),
  })
  .map(({ number: at, name: displayName, ...facts }) => somePerson(displayName, { address: addressAt(at), ...facts }))
const somePhoto = fc
  .record({
    number,
    state: fc.constantFrom(...PHOTO_STATES),
    px: fc.option(fc.constantFrom(48, 240, 648)),
    findings: fc.uniqueArray(fc.constantFrom(...FINDING_CODES), { maxLength: 3 }),
  })
  .map(({ number: at, state, px, findings }) => [addressAt(at), someSummary(state, px, findings)] as const)
const someQuery: fc.Arbitrary<PeopleQuery> = fc.record(
  {
    text: fc.constantFrom('', 'a', 'an', 'ann li', 'ås', 'mue', 'os a', 'ming', 'p1', 'p1@', 'и', 'o hara', '@fj'),
    sort: fc.constantFrom(...PEOPLE_SORTS),
    filter: fc.record({
      states: fc.uniqueArray(fc.constantFrom(...PHOTO_STATES), { maxLength: 2 }),
      findings: fc.uniqueArray(fc.constantFrom(...FINDING_CODES), { maxLength: 2 }),
      kinds: fc.uniqueArray(fc.constantFrom(...MAILBOX_KINDS), { maxLength: 2 }),
      departments: fc.uniqueArray(fc.constantFrom(...PLACES), { maxLength: 2 }),
      offices: fc.uniqueArray(fc.constantFrom(...PLACES), { maxLength: 1 }),
    }),
    isDescending: fc.boolean(),
    group: fc.constantFrom(...PEOPLE_GROUPINGS),
  },
  { requiredKeys: ['text', 'sort', 'filter'] },
)
const someStep = fc.oneof(
  fc.record({ people: fc.array(somebody, { maxLength: 30 }) }),
  fc.record({ photos: fc.array(somePhoto, { maxLength: 30 }) }),
  fc.record({ query: someQuery }),
)

function addressAt(at: number): SmtpAddress {
  return address(`p${at}@fjordline.example`)
}

const NOT_ASKED: PhotoSummary = { state: 'not-asked', tile: null, findings: [] }
const NOT_EXPECTED: PhotoSummary = { ...NOT_ASKED, state: 'not-expected' }

/** The same by looking at everybody, every time. */
function naiveSearch(
  people: ReadonlyMap<SmtpAddress, Person>,
  photos: ReadonlyMap<SmtpAddress, PhotoSummary>,
  { text, filter, sort, isDescending = false, group }: PeopleQuery,
): SmtpAddress[] {
  const collator = new Intl.Collator('en')
  const photoOf = (person: Person) => {
    const photo = photos.get(person.address) ?? NOT_ASKED
    const isWithout = photo.tile === null && ['none', 'not-asked', 'not-available-here'].includes(photo.state)
    return person.kind === 'list' && isWithout ? NOT_EXPECTED : photo
  }
  const isAmong = <Key>(chosen: readonly Key[], ...keys: readonly Key[]) =>
    chosen.length === 0 || keys.some((key) => chosen.includes(key))
  const begins = (person: Person, words: readonly string[]) =>
    queryTermsOf(text).every((term) => {
      const isOfAddress = addressTestOf(term)
      return isOfAddress?.(person.address) ?? words.some((word) => term.some((prefix) => word.startsWith(prefix)))
    })
  const matchesName = (person: Person) =>
    begins(person, searchWordsOf(person).name) && queryTermsOf(text).every((term) => addressTestOf(term) === null)
  const photoFact = (person: Person, read: (tile: TilePhoto) => number | null) => {
    const { tile } = photoOf(person)
    return tile === null ? null : read(tile)
  }
  const kindRank = ({ kind }: Person) => (kind === 'list' ? 2 : kind === 'person' || kind === 'contact' ? 0 : 1)
  /** Null: nothing to be ordered by, which is last. */
  const ranks: Record<PeopleQuery['sort'], (person: Person) => string | number | null> = {
    name: ({ displayName }) => displayName,
    relevance: (person) => kindRank(person) + (group !== undefined || matchesName(person) ? 0 : 10),
    department: ({ department }) => department || null,
    office: ({ office }) => office || null,
    pixels: (person) => photoFact(person, ({ widthPx }) => widthPx),
    bytes: (person) => photoFact(person, ({ bytes }) => bytes),
    changed: (person) => photoFact(person, ({ changedMs }) => (changedMs === null ? null : -changedMs)),
    finding: (person) =>
      photoOf(person).findings.length === 0
        ? null
        : Math.min(...photoOf(person).findings.map((code) => FINDING_CODES.indexOf(code))),
  }
  const compare = (left: string | number | null, right: string | number | null, sign: number) => {
    if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0)
    if (typeof left === 'number' || typeof right === 'number') return sign * (Number(left) - Number(right))
    return sign * collator.compare(left, right)
  }
  const nameOrder = (left: Person, right: Person) =>
    collator.compare(left.displayName, right.displayName) || (left.address < right.address ? -1 : 1)
  const isTurned = isDescending && (sort !== 'relevance' || queryTermsOf(text).length === 0)
  return [...people.values()]
    .filter((person) => begins(person, [...searchWordsOf(person).name, ...searchWordsOf(person).other]))
    .filter((person) => isAmong(filter.states, photoOf(person).state))
    .filter((person) => isAmong(filter.findings, ...photoOf(person).findings))
    .filter((person) => isAmong(filter.kinds, person.kind))
    .filter((person) => isAmong(filter.departments, person.department))
    .filter((person) => isAmong(filter.offices, person.office))
    .sort(
      (left, right) =>
        (group === undefined ? 0 : compare(left[group] || null, right[group] || null, 1)) ||
        compare(ranks[sort](left), ranks[sort](right), isTurned && sort !== 'relevance' ? -1 : 1) ||
        ((sort === 'name' || sort === 'relevance') && isTurned ? -1 : 1) * nameOrder(left, right),
    )
    .map((person) => person.address)
}

it('the index finds the same people in the same order as looking at everybody, whatever happened before', () => {
  fc.assert(
    fc.property(fc.array(someStep, { minLength: 3, maxLength: 20 }), (steps) => {
      const index = createPeopleIndex()
      const people = new Map<SmtpAddress, Person>()
      const photos = new Map<SmtpAddress, PhotoSummary>()
      for (const step of steps) {
        if ('people' in step) {
          index.upsert(step.people)
          for (const person of step.people) people.set(person.address, person)
        } else if ('photos' in step) {
          index.setPhotos(step.photos)
          for (const [whose, summary] of step.photos) photos.set(whose, summary)
        } else {
          expect(index.addresses(step.query)).toEqual(naiveSearch(people, photos, step.query))
          checkChips(index.countChips(step.query), people, photos, step.query)
        }
      }
    }),
    { numRuns: 150 },
  )
})

function checkChips(
  chips: ReturnType<ReturnType<typeof createPeopleIndex>['countChips']>,
  people: ReadonlyMap<SmtpAddress, Person>,
  photos: ReadonlyMap<SmtpAddress, PhotoSummary>,
  query: PeopleQuery,
): void {
  for (const group of ['states', 'findings', 'kinds', 'departments', 'offices'] as const) {
    for (const { key, count } of chips[group]) {
      const alone = { ...query, filter: { ...query.filter, [group]: [key] } }
      expect({ group, key, count }).toEqual({ group, key, count: naiveSearch(people, photos, alone).length })
    }
  }
}

it('many changes are merged in without losing anybody', () => {
  const index = createPeopleIndex()
  const people = Array.from({ length: 5_000 }, (_, at) => somePerson(`N${at} Berg`, { address: addressAt(at) }))
  index.upsert(people)
  for (let start = 0; start < 4_000; start += 400) {
    const renamed = people
      .slice(start, start + 400)
      .map((person) => ({ ...person, surname: 'Lund', displayName: 'X Lund' }))
    index.upsert(renamed)
  }
  const count = (text: string) => index.window({ text, filter: noFilter, sort: 'name' }, 0, 1).total
  expect([count('lund'), count('x'), count('berg'), count('n4999'), count('n12 '), count('')]).toEqual([
    4_000, 4_000, 1_000, 1, 111, 5_000,
  ])
})

const noFilter = { states: [], findings: [], kinds: [], departments: [], offices: [] }

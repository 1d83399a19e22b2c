import type { AppError } from '../../../shared/errors.ts'
import type { ListMatch, MissingEntry, Person } from '../../../shared/people.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { askPatiently, isFinalForAll } from './ask-patiently.ts'
import { fold } from './fold.ts'
import { asciiDomainOf, type ListEntry } from './parse-people-list.ts'
import type { DirectorySource, PeopleRepository } from './ports.ts'
import { workAtMost } from './work-at-most.ts'

export interface MatchPeopleListOptions {
  readonly entries: readonly ListEntry[]
  readonly known: Pick<PeopleRepository, 'find' | 'iterateAll'>
  /** Null: the server cannot be asked; whoever is not known is `not-asked`. */
  readonly source: Pick<DirectorySource, 'resolveNames'> | null
  readonly signal: AbortSignal
  /** Called with people that the server told of. */
  readonly onPeople: (people: readonly Person[]) => void
}

/** Questions at the same time; the gate decides how many are really under way. */
const QUESTIONS_AT_ONCE = 8

/** Entries that the server is asked for one by one; for a longer list, reading the directory is cheaper. */
const MAX_ASKED = 200

/** Nobody's name is longer; a line of a list may be anything. */
const MAX_TEXT_LENGTH = 320

/** What one entry came to: a mailbox, or why there is none. */
type Match = { readonly address: SmtpAddress } | { readonly reason: MissingEntry['reason']; readonly matches: number }

/**
 * Finds whom a list means: first among the known, then on the server. A second address of a mailbox is that mailbox. Whom
 * nobody knows is reported, never taken for somebody without a photo (a photo question cannot tell the two apart). Fails
 * when asking on would be of no use.
 * @see protocol.md 1.2, 3.4; F15
 */
export async function matchPeopleList(options: MatchPeopleListOptions): Promise<Result<ListMatch>> {
  const { entries, known } = options
  const findKnown = indexKnown(entries, known)
  const server = createServerLookUp(options)
  const matches: Match[] = []
  await workAtMost(entries, QUESTIONS_AT_ONCE, async (entry, index) => {
    matches[index] = findKnown(entry) ?? (await server.find(entry))
  })
  const failure = server.failure()
  if (failure !== null) return fail(failure)
  const found = new Set<SmtpAddress>()
  const missing: MissingEntry[] = []
  entries.forEach(({ line, text, address }, index) => {
    const match = matches[index]
    if (match === undefined) return
    if ('address' in match) found.add(match.address)
    else missing.push({ line, text: text.slice(0, MAX_TEXT_LENGTH), address, ...match })
  })
  return ok({ entries: entries.length, addresses: [...found], missing })
}

type Known = MatchPeopleListOptions['known']

/** Looks an entry up among the known; null: nobody, or more than one of that name. */
function indexKnown(entries: readonly ListEntry[], known: Known): (entry: ListEntry) => Match | null {
  const hasNames = entries.some((entry) => entry.address === null)
  const names = hasNames ? indexNames(known) : new Map<string, Person[]>()
  const hasAce = entries.some(({ address }) => address !== null && /[@.]xn--/.test(address))
  const international = hasAce ? indexInternational(known) : new Map<SmtpAddress, SmtpAddress>()
  return ({ address, text }) => {
    if (address === null) {
      const [first, ...others] = names.get(fold(text)) ?? []
      return first !== undefined && others.length === 0 ? { address: first.address } : null
    }
    const ascii = asciiDomainOf(address)
    const spelt = (known.find(address) ?? known.find(ascii))?.address ?? international.get(ascii)
    return spelt === undefined ? null : { address: spelt }
  }
}

/** Everybody by display name, by `Surname, Given name` and by alias. */
function indexNames(known: Known): Map<string, Person[]> {
  const names = new Map<string, Person[]>()
  for (const person of known.iterateAll()) {
    const reversed = person.surname === '' ? '' : `${person.surname}, ${person.givenName}`
    for (const name of new Set([person.displayName, reversed, person.alias].map(fold))) {
      if (name !== '') names.set(name, [...(names.get(name) ?? []), person])
    }
  }
  return names
}

/** Addresses whose domain is kept in its own script, by their ASCII spelling. */
function indexInternational(known: Known): Map<SmtpAddress, SmtpAddress> {
  const spellings = new Map<SmtpAddress, SmtpAddress>()
  for (const { address } of known.iterateAll()) {
    const ascii = asciiDomainOf(address)
    if (ascii !== address) spellings.set(ascii, address)
  }
  return spellings
}

const NOT_FOUND: Match = { reason: 'not-found', matches: 0 }

/** Asks the server for entries one by one, until it becomes clear that asking is of no use. */
function createServerLookUp({ source, signal, onPeople }: MatchPeopleListOptions) {
  let failure: AppError | null = null
  let asked = 0

  async function ask(text: string): Promise<readonly Person[] | null> {
    if (source === null || failure !== null) return null
    const answer = await askPatiently(() => source.resolveNames(text, signal), signal)
    if (answer.kind === 'people') {
      if (answer.people.length > 0) onPeople(answer.people)
      return answer.people
    }
    if (isFinalForAll(answer.error)) failure ??= answer.error
    return null
  }

  async function findAddress(address: SmtpAddress): Promise<Match> {
    const ascii = asciiDomainOf(address)
    // The exact form finds second addresses, too; not every server knows it, so the plain one is asked after it.
    for (const text of [`=smtp:${address}`, `smtp:${address}`]) {
      const people = await ask(text)
      if (people === null) return { reason: 'not-asked', matches: 0 }
      const same = people.find((person) => person.address === address || asciiDomainOf(person.address) === ascii)
      const [only, ...others] = people
      const isExact = text.startsWith('=') && others.length === 0
      const person = same ?? (isExact ? only : undefined)
      if (person !== undefined) return { address: person.address }
    }
    return NOT_FOUND
  }

  async function findName(text: string): Promise<Match> {
    const people = await ask(text)
    if (people === null) return { reason: 'not-asked', matches: 0 }
    const named = people.filter((person) => fold(person.displayName) === fold(text))
    const [first, ...others] = named.length > 0 ? named : people
    if (first === undefined) return NOT_FOUND
    return others.length === 0 ? { address: first.address } : { reason: 'ambiguous', matches: others.length + 1 }
  }

  return {
    find({ address, text }: ListEntry): Promise<Match> | Match {
      if (address === null && text.includes('@')) return { reason: 'not-an-address', matches: 0 }
      asked += 1
      if (asked > MAX_ASKED) return { reason: 'not-asked', matches: 0 }
      if (address !== null) return findAddress(address)
      return text.length > MAX_TEXT_LENGTH ? NOT_FOUND : findName(text)
    },
    failure: () => failure,
  }
}

import type { DemoPerson } from '../demo-types.ts'
import type { DemoOrganisation } from './create-organisation.ts'

/** Ambiguous name resolution over the demo directory. */
export interface DirectorySearch {
  /** At most `limit` entries one of whose names begins with `text`; in no order that means anything. */
  resolve(text: string, limit: number): DemoPerson[]
}

/** Case and diacritics do not count, as in Active Directory; letters like ø, ł and ß stay themselves. */
export function foldForDirectory(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim()
}

interface Token {
  readonly text: string
  readonly people: number[]
}

/**
 * What ANR looks at: words of the names, office, alias and primary address. A person's whole display name needs no token of
 * its own, because two words are looked up as given name and surname.
 */
function tokensOf(person: DemoPerson): Set<string> {
  const displayName = foldForDirectory(person.displayName)
  const names = [foldForDirectory(person.givenName), foldForDirectory(person.surname)]
  const words = [displayName, ...names].flatMap((name) => name.split(/[\s()]+/))
  const whole = person.kind === 'person' ? [] : [displayName]
  const all = [...words, ...names, ...whole, foldForDirectory(person.office), person.address]
  return new Set(all.filter((text) => text !== ''))
}

function buildTokens(people: readonly DemoPerson[]): Token[] {
  const byText = new Map<string, number[]>()
  people.forEach((person, index) => {
    for (const text of tokensOf(person)) {
      const known = byText.get(text)
      if (known === undefined) byText.set(text, [index])
      else known.push(index)
    }
  })
  const texts = [...byText.keys()].sort((a, b) => (a < b ? -1 : 1))
  return texts.map((text) => ({ text, people: byText.get(text) ?? [] }))
}

/** Where the first token that is not before `prefix` stands. */
function lowerBound(tokens: readonly Token[], prefix: string): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((tokens[middle]?.text ?? '') < prefix) low = middle + 1
    else high = middle
  }
  return low
}

/** Two words: given name and surname, in either order. */
function isNamed(person: DemoPerson, first: string, second: string): boolean {
  const given = foldForDirectory(person.givenName)
  const surname = foldForDirectory(person.surname)
  return (
    (given.startsWith(first) && surname.startsWith(second)) || (given.startsWith(second) && surname.startsWith(first))
  )
}

/**
 * Indexes the directory when it is first asked: prefixes of first, last and display name, alias, office and primary address.
 * `smtp:` limits the question to addresses, `=` asks for the exact text.
 * @see docs of ResolveNames, ambiguous name resolution; MS-ADTS 3.1.1.3.1.3.3
 */
export function createDirectorySearch(organisation: DemoOrganisation): DirectorySearch {
  const { people } = organisation
  let tokens: Token[] | null = null

  const collect = (
    prefix: string,
    limit: number,
    accepts: (person: DemoPerson, token: string) => boolean,
  ): DemoPerson[] => {
    tokens ??= buildTokens(people)
    const found = new Set<number>()
    for (let at = lowerBound(tokens, prefix); at < tokens.length && found.size < limit; at++) {
      const token = tokens[at]
      if (token === undefined || !token.text.startsWith(prefix)) break
      for (const index of token.people) {
        const person = people[index]
        if (person !== undefined && accepts(person, token.text)) found.add(index)
        if (found.size === limit) break
      }
    }
    return [...found].flatMap((index) => people[index] ?? [])
  }

  const resolve = (text: string, limit: number): DemoPerson[] => {
    const isExact = text.trim().startsWith('=')
    const asked = foldForDirectory(isExact ? text.trim().slice(1) : text)
    const isAddressOnly = asked.startsWith('smtp:')
    const wanted = isAddressOnly ? asked.slice('smtp:'.length).trim() : asked
    if (wanted === '') return []
    if (isExact) return collect(wanted, limit, (person, token) => token === wanted || person.alias === wanted)
    if (isAddressOnly) return collect(wanted, limit, (person, token) => token === person.address)
    const whole = collect(wanted, limit, () => true)
    const [first = '', ...others] = wanted.split(/\s+/)
    if (others.length === 0 || whole.length === limit) return whole
    const named = collect(first, limit, (person) => isNamed(person, first, others.join(' ')))
    return [...new Set([...whole, ...named])].slice(0, limit)
  }
  return { resolve }
}

import type { DirectorySource } from '../../src/main/core/people/ports.ts'
import { type ReadDirectoryOptions, readDirectory } from '../../src/main/core/people/read-directory.ts'
import { readDirectoryByPages } from '../../src/main/core/people/read-directory-by-pages.ts'
import { readWholeDirectory } from '../../src/main/core/people/read-whole-directory.ts'
import type { DemoPerson } from '../../src/main/demo/demo-types.ts'
import { createDirectorySearch } from '../../src/main/demo/organisation/create-directory-search.ts'
import { createOrganisation } from '../../src/main/demo/organisation/create-organisation.ts'
import type { Person } from '../../src/shared/people.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { leastQuestions } from './least-questions.ts'

/** What reading the whole directory costs in requests, by each way. */
export async function benchDirectory(people = 20_000): Promise<void> {
  const { source, unpaged, everybody, entries, members } = directoryOf(people)
  const of = `directory of ${everybody.size} in several scripts`
  const tell = (what: string, cost: string) => console.log(`${of}: ${what}: ${cost}`)
  tell('as chosen where the server pages', await count(readWholeDirectory, source, everybody))
  tell('as chosen where it does not page', await count(readWholeDirectory, unpaged, everybody))
  tell('by pages (FindPeople)', await count(readDirectoryByPages, source, everybody))
  tell('by prefixes (ResolveNames)', await count(readDirectory, source, everybody))
  for (const { questions, least } of leastQuestions(entries)) {
    tell(`by ResolveNames, if all were known before: ${questions}`, perHundred(least, everybody.size))
  }
  tell('by a list of everybody (ExpandDL)', `${members.lists} requests, ${members.people} people`)
  tell('by LDAP, pages of 1000 (reckoned)', `${Math.ceil(everybody.size / 1000)} requests`)
}

async function count(
  read: (options: ReadDirectoryOptions) => Promise<{ kind: string; requests?: number }>,
  source: DirectorySource,
  everybody: ReadonlySet<string>,
): Promise<string> {
  const seen = new Set<string>()
  const outcome = await read({
    source,
    signal: new AbortController().signal,
    concurrency: 4,
    onPeople: (people) => {
      for (const person of people) seen.add(person.address)
    },
    onProgress: () => {},
  })
  const lost = [...everybody].filter((address) => !seen.has(address)).length
  const { requests = 0 } = outcome
  return `${perHundred(requests, everybody.size)}, ${lost} lost (${outcome.kind})`
}

function perHundred(requests: number, people: number): string {
  return `${requests} requests, ${((requests * 100) / people).toFixed(2)} for 100 people`
}

/** The demo's directory, asked without a network. */
function directoryOf(count: number) {
  const organisation = createOrganisation('fjordline', count)
  const search = createDirectorySearch(organisation)
  const source: DirectorySource = {
    async resolveNames(text) {
      const found = search.resolve(text, 101)
      return { kind: 'people', people: found.slice(0, 100).map(toPerson), isComplete: found.length <= 100 }
    },
    async findPeople(text, offset, limit) {
      const found = search.resolve(text, Number.POSITIVE_INFINITY)
      const page = found.slice(offset, offset + limit).map(toPerson)
      return { kind: 'page', people: page, loaded: page.length, total: found.length }
    },
    expandList: async () => ({ kind: 'people', people: [], isComplete: true }),
  }
  // A server that gives its first page whatever is asked for.
  const unpaged: DirectorySource = {
    ...source,
    findPeople: async (text, _, limit, signal) =>
      (await source.findPeople?.(text, 0, Math.min(limit, 20), signal)) ?? {
        kind: 'failed',
        error: { code: 'cancelled' },
      },
  }
  const everybody = new Set(organisation.people.map(({ address }) => address))
  const lists = organisation.people.find(({ alias }) => alias === 'dl.everybody')?.members ?? []
  const members = lists.reduce((sum, address) => sum + (organisation.find(address)?.members.length ?? 0), 0)
  return {
    source,
    unpaged,
    everybody,
    entries: organisation.people,
    members: { lists: lists.length + 1, people: members },
  }
}

function toPerson({ address, displayName, givenName, surname, kind }: DemoPerson): Person {
  const facts = { alias: '', title: '', department: '', office: '', company: '', manager: '', phones: [] }
  return { ...facts, address: smtpAddressSchema.parse(address), displayName, givenName, surname, kind }
}

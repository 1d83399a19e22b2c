import type { DirectorySource } from '../../src/main/core/people/ports.ts'
import { type ReadDirectoryOptions, readDirectory } from '../../src/main/core/people/read-directory.ts'
import { readDirectoryByPages } from '../../src/main/core/people/read-directory-by-pages.ts'
import type { DemoPerson } from '../../src/main/demo/demo-types.ts'
import { createDirectorySearch } from '../../src/main/demo/organisation/create-directory-search.ts'
import { createOrganisation } from '../../src/main/demo/organisation/create-organisation.ts'
import type { Person } from '../../src/shared/people.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'

/** What reading the whole directory costs in requests, by each way. */
export async function benchDirectory(people = 20_000): Promise<void> {
  const { source, everybody, members } = directoryOf(people)
  const pages = await count((options) => readDirectoryByPages(options), source, everybody)
  const prefixes = await count((options) => readDirectory(options), source, everybody)
  console.log(`directory of ${everybody.size}: by pages (FindPeople) ${pages}; by prefixes (ResolveNames) ${prefixes}`)
  console.log(
    `directory of ${everybody.size}: by a list of everybody (ExpandDL) ${members.lists} requests, ${members.people} people`,
  )
  console.log(`directory of ${everybody.size}: by LDAP, pages of 1000: ${Math.ceil(everybody.size / 1000)} requests`)
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
  return `${requests} requests, ${((requests * 100) / everybody.size).toFixed(2)} for 100 people, ${lost} lost (${outcome.kind})`
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
  const everybody = new Set(organisation.people.map(({ address }) => address))
  const lists = organisation.people.find(({ alias }) => alias === 'dl.everybody')?.members ?? []
  const members = lists.reduce((sum, address) => sum + (organisation.find(address)?.members.length ?? 0), 0)
  return { source, everybody, members: { lists: lists.length + 1, people: members } }
}

function toPerson({ address, displayName, givenName, surname, kind }: DemoPerson): Person {
  const facts = { alias: '', title: '', department: '', office: '', company: '', manager: '', phones: [] }
  return { ...facts, address: smtpAddressSchema.parse(address), displayName, givenName, surname, kind }
}

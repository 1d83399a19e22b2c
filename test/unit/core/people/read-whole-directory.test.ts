import { describe, expect, it } from 'vitest'
import type { DirectorySource } from '../../../../src/main/core/people/ports.ts'
import { readWholeDirectory } from '../../../../src/main/core/people/read-whole-directory.ts'
import { createDirectorySearch } from '../../../../src/main/demo/organisation/create-directory-search.ts'
import { createOrganisation } from '../../../../src/main/demo/organisation/create-organisation.ts'
import { address, somePerson } from '../../../support/people.ts'

/** The whole measure is taken by `npm run bench`, at 20,000; each letter of each script costs a question, however few people there are. */
const isLong = process.env['ROLLCALL_TEST_LONG'] !== undefined

/** The demo's directory, whose names are in Latin with and without diacritics, Cyrillic, Greek, Arabic, Hebrew and CJK. */
function directoryOf(count: number) {
  const organisation = createOrganisation('fjordline', count)
  return {
    search: createDirectorySearch(organisation),
    everybody: organisation.people.map((one) => one.address).sort(),
  }
}
type Directory = ReturnType<typeof directoryOf>

function sourceOf({ search }: Directory, isPaged: boolean): DirectorySource {
  const toPeople = (found: ReturnType<Directory['search']['resolve']>) =>
    found.map((one) => ({ ...somePerson(one.displayName), ...one, address: address(one.address), phones: [] }))
  return {
    async resolveNames(text) {
      const found = search.resolve(text, 101)
      return { kind: 'people', people: toPeople(found.slice(0, 100)), isComplete: found.length <= 100 }
    },
    async findPeople(text, offset, limit) {
      const found = search.resolve(text, Number.POSITIVE_INFINITY)
      const page = isPaged ? found.slice(offset, offset + limit) : found.slice(0, 20)
      return { kind: 'page', people: toPeople(page), loaded: page.length, total: found.length }
    },
    expandList: async () => ({ kind: 'people', people: [], isComplete: true }),
  }
}

async function read(directory: Directory, isPaged: boolean) {
  const seen = new Set<string>()
  const outcome = await readWholeDirectory({
    source: sourceOf(directory, isPaged),
    signal: new AbortController().signal,
    concurrency: 4,
    onPeople: (people) => {
      for (const person of people) seen.add(person.address)
    },
    onProgress: () => {},
  })
  return { outcome, seen: [...seen].sort() }
}

describe('the way in which the whole directory is read', () => {
  it('is by pages where the server has them: nobody is lost, at a few requests for 100 people', async () => {
    const directory = directoryOf(isLong ? 20_000 : 10_000)
    const { outcome, seen } = await read(directory, true)
    expect(seen).toEqual(directory.everybody)
    expect(outcome).toMatchObject({ kind: 'done', isComplete: true })
    const requests = outcome.kind === 'done' ? outcome.requests : Number.POSITIVE_INFINITY
    expect((requests * 100) / directory.everybody.length).toBeLessThan(4)
  })

  it('is by prefixes where it has none: nobody is lost', async () => {
    const directory = directoryOf(isLong ? 20_000 : 1_500)
    const { outcome, seen } = await read(directory, false)
    expect(seen).toEqual(directory.everybody)
    expect(outcome).toMatchObject({ kind: 'done', isComplete: true })
  })
})

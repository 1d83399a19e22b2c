import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { InProcessEngine } from '../../src/main/engine/session-types.ts'
import { NO_FILTER } from '../../src/shared/people.ts'
import { sessionOf, startDemoWorld, whenJobEnded } from '../support/engine-on-demo.ts'
import { addressOf } from '../support/photo-records.ts'

let world: Awaited<ReturnType<typeof startDemoWorld>>

beforeAll(async () => {
  world = await startDemoWorld()
})
afterEach(async () => {
  world.demo.script.clear()
  await world.closeEngines()
})
afterAll(() => world.demo.close())

async function openFresh(): Promise<InProcessEngine> {
  const engine = await world.open(world.newFolder())
  expect((await world.connect(engine)).error).toBeNull()
  world.demo.clearRequests()
  return engine
}

/** Members of a list of the demo, all the way down. */
function membersOf(address: string, seen = new Set<string>()): Set<string> {
  const entry = world.demo.people.find((one) => one.address === address)
  if (entry === undefined || seen.has(address)) return new Set()
  if (entry.kind !== 'list') return new Set([address])
  seen.add(address)
  return new Set(entry.members.flatMap((member) => [...membersOf(member, seen)]))
}

describe('people from a list somebody brings', () => {
  it('are found by address and by name, kept, and those who are not found are told', async () => {
    const engine = await openFresh()
    const text = [
      'MAJA.lindqvist@fjordline.example',
      "Seán O'Brien <sean.o'brien@fjordline.example>",
      'nobody@fjordline.example',
      'Aino Mäkelä',
      'Nobody At All',
    ].join('\n')
    expect(await engine.client.people.matchList({ text })).toEqual({
      entries: 5,
      addresses: [
        'maja.lindqvist@fjordline.example',
        "sean.o'brien@fjordline.example",
        'aino.makela@fjordline.example',
      ],
      missing: [
        {
          line: 3,
          text: 'nobody@fjordline.example',
          address: 'nobody@fjordline.example',
          reason: 'not-found',
          matches: 0,
        },
        { line: 5, text: 'Nobody At All', address: null, reason: 'not-found', matches: 0 },
      ],
    })
    const maja = await engine.client.people.read({ address: addressOf('maja.lindqvist') })
    expect(maja.department).not.toBe('')
  })
})

describe('a person of whom a list told the address only', () => {
  it('is completed once, behind whoever opens them', async () => {
    const engine = await openFresh()
    const { addresses } = await engine.client.people.expandList({ address: addressOf('dl.projectaurora') })
    const [address = addressOf('')] = addresses
    const readAlias = async () => (await engine.client.people.read({ address })).alias
    world.demo.clearRequests()
    expect(await readAlias()).toBe('')
    await expect.poll(readAlias).toBe(world.demo.people.find((one) => one.address === address)?.alias)
    expect(world.demo.requests('ResolveNames')).toHaveLength(1)
  })
})

describe('people of a distribution list', () => {
  it('are its members and those of the lists inside it, each once, kept as people', async () => {
    const engine = await openFresh()
    const everybody = addressOf('dl.everybody')
    const expanded = await engine.client.people.expandList({ address: everybody })
    expect(expanded).toMatchObject({ isComplete: true, unread: [] })
    expect([...expanded.addresses].sort()).toEqual([...membersOf(everybody)].sort())
    expect(expanded.lists).toBe(world.demo.requests('ExpandDL').length)
    expect((await engine.client.people.readDirectoryStatus()).people).toBe(expanded.addresses.length)
  })

  it('end although lists contain each other', async () => {
    const engine = await openFresh()
    const list = addressOf('dl.projectaurora')
    const expanded = await engine.client.people.expandList({ address: list })
    expect(expanded).toMatchObject({ isComplete: true, lists: 2 })
    expect([...expanded.addresses].sort()).toEqual([...membersOf(list)].sort())
  })

  it('are refused for what is no list', async () => {
    const engine = await openFresh()
    await expect(engine.client.people.expandList({ address: addressOf('maja.lindqvist') })).rejects.toMatchObject({
      data: { code: 'unknown-person' },
    })
  })
})

describe('the whole directory', () => {
  it('is read by pages where the server has them, with every fact, and rooms are told from people', async () => {
    const engine = await openFresh()
    const job = await whenJobEnded(engine, await engine.client.people.startReadDirectory())
    expect(job.result).toMatchObject({ kind: 'read-directory', isComplete: true, people: world.demo.people.length })
    expect(world.demo.requests('FindPeople').length).toBeGreaterThan(30)
    expect(world.demo.requests('ResolveNames')).toHaveLength(36)
    const session = sessionOf(engine)
    for (const one of world.demo.people) {
      const found = session.people.find(addressOf(one.address))
      const kind = one.kind === 'room' || one.kind === 'list' ? one.kind : 'person'
      const { displayName, givenName, surname, title, department, office, manager } = one
      expect(found).toMatchObject({ displayName, givenName, surname, title, department, office, manager, kind })
      expect(found?.phones).toHaveLength(one.phones.length)
    }
  })

  it('is read by prefixes where the server always gives its first page', async () => {
    const other = await startDemoWorld({ isFindPeoplePaged: false })
    try {
      const engine = await other.open(other.newFolder())
      expect((await other.connect(engine)).error).toBeNull()
      const job = await whenJobEnded(engine, await engine.client.people.startReadDirectory())
      expect(job.result).toMatchObject({ kind: 'read-directory', isComplete: true, people: other.demo.people.length })
      expect(other.demo.requests('FindPeople').length).toBeLessThan(40)
      const rooms = await engine.client.people.listAddresses({
        query: { text: '', filter: { ...NO_FILTER, kinds: ['room'] }, sort: 'name' },
      })
      expect(rooms.length).toBe(other.demo.people.filter(({ kind }) => kind === 'room').length)
    } finally {
      await other.closeEngines()
      await other.demo.close()
    }
  })
})

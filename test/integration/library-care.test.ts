import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { SecretStore } from '../../src/main/core/connections/ports.ts'
import { createLibraryCare } from '../../src/main/engine/library-care.ts'
import { createLibraryKeys } from '../../src/main/engine/library-keys.ts'
import { createMemorySecretStore } from '../../src/main/system/create-secret-store.ts'
import type { LibraryStatus } from '../../src/shared/library.ts'
import { NO_FILTER } from '../../src/shared/people.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src/shared/settings.ts'
import { EVERYBODY, startDemoWorld, whenJobEnded } from '../support/engine-on-demo.ts'
import { createManualClock, silentLog } from '../support/manual-clock.ts'
import { ASKED, openTestLibrary, photoChange } from '../support/open-test-library.ts'
import { address, somePerson } from '../support/people.ts'
import { addressOf } from '../support/photo-records.ts'

const DAY_MS = 86_400_000

/** The operating system's store, as far as it matters here: it outlasts the run. */
function outlastingStore(): SecretStore & { entries: Map<string, string> } {
  const entries = new Map<string, string>()
  return {
    entries,
    kind: 'os-store',
    read: async (account) => entries.get(account) ?? null,
    write: async (account, secret) => void entries.set(account, secret),
    remove: async (account) => void entries.delete(account),
  }
}

/** The care of a real library, with settings that a test changes. */
function openCare(store: SecretStore, file?: string, key: Uint8Array | null = null) {
  const library = openTestLibrary(file, key)
  const clock = createManualClock(1_000 * DAY_MS)
  const settings = { current: structuredClone(DEFAULT_SETTINGS) as Settings }
  const removedCopies: string[] = []
  const closing = new AbortController()
  const keys = createLibraryKeys(store, silentLog)
  let forgotten = 0
  const care = createLibraryCare({
    address: ASKED.address,
    library,
    place: {
      file: library.file,
      listSetAside: () => [],
      removeSetAside: () => removedCopies.push('all'),
    },
    ...{ keys, clock, log: silentLog, closing: closing.signal },
    settings: () => settings.current,
    forgetElsewhere: () => {},
    onForgotten: () => {
      forgotten += 1
    },
    onPurged: () => {},
  })
  return {
    ...{ library, care, clock, keys, closing, removedCopies },
    forgotten: () => forgotten,
    set(changed: Partial<Settings['library']>) {
      settings.current = { ...settings.current, library: { ...settings.current.library, ...changed } }
    },
    async settle() {
      care.request()
      const idle = care.whenIdle()
      let isIdle = false
      void idle.then(() => {
        isIdle = true
      })
      while (!isIdle) await clock.advance(1)
    },
  }
}

describe('an account whose library is to be encrypted', () => {
  it('gets a key that is kept first, then every picture is rewritten and the copies go', async () => {
    const store = outlastingStore()
    const at = openCare(store)
    at.library.photos.save(
      Array.from({ length: 100 }, (_, index) =>
        photoChange(`photo ${index}`, 1, { address: address(`p${index}@x.example`) }),
      ),
    )
    at.set({ isEncrypted: true })
    await at.settle()
    expect(at.care.read().encryption).toEqual({ state: 'on', remaining: 0, isAvailable: true })
    expect([...store.entries.keys()]).toEqual([`library-key:${ASKED.address}`])
    expect(at.removedCopies).toEqual(['all'])
    at.library.close()
    const key = await at.keys.read(ASKED.address)
    const again = openCare(store, at.library.file, key)
    again.set({ isEncrypted: false })
    await again.settle()
    expect(again.care.read().encryption.state).toBe('off')
    expect(store.entries.size).toBe(0)
  })

  it('goes on at the next start when the first was broken off, under the same key', async () => {
    const store = outlastingStore()
    const at = openCare(store)
    at.library.photos.save(
      Array.from({ length: 100 }, (_, index) =>
        photoChange(`photo ${index}`, 1, { address: address(`p${index}@x.example`) }),
      ),
    )
    at.set({ isEncrypted: true })
    const { rewriteSome } = at.library.seal
    Object.assign(at.library.seal, {
      rewriteSome(limit: number) {
        at.closing.abort()
        return rewriteSome(limit)
      },
    })
    await at.settle()
    expect(at.care.read().encryption).toMatchObject({ state: 'switching-on', remaining: 60 })
    at.library.close()
    const again = openCare(store, at.library.file, await at.keys.read(ASKED.address))
    again.set({ isEncrypted: true })
    await again.settle()
    expect(again.care.read().encryption).toMatchObject({ state: 'on', remaining: 0 })
  })

  it.each([
    ['ends with the run', createMemorySecretStore()],
    ['forgets what it was given', { ...outlastingStore(), write: async () => {} }],
    [
      'fails',
      {
        ...outlastingStore(),
        write: async () => {
          throw new Error('locked')
        },
      },
    ],
  ])('is left in the clear where the store for the key %s', async (_, store) => {
    const at = openCare(store)
    at.library.photos.save([photoChange('one', 1)])
    at.set({ isEncrypted: true })
    await at.settle()
    expect(at.care.read().encryption.state).toBe('off')
  })

  it('takes no key that was damaged in the store', async () => {
    const store = outlastingStore()
    store.entries.set(`library-key:${ASKED.address}`, 'not a key')
    expect(await createLibraryKeys(store, silentLog).read(ASKED.address)).toBeNull()
    store.entries.set(`library-key:${ASKED.address}`, randomBytes(32).toString('hex'))
    expect(await createLibraryKeys(store, silentLog).read(ASKED.address)).toHaveLength(32)
  })
})

describe('what the settings want is done behind', () => {
  it('earlier pictures go after their days, or at once when none are kept', async () => {
    const at = openCare(outlastingStore())
    const now = at.clock.nowMs()
    at.library.photos.save([
      photoChange('one', now - 100 * DAY_MS),
      photoChange('two', now - 95 * DAY_MS),
      photoChange('three', now - DAY_MS),
    ])
    await at.settle()
    expect(at.library.photos.listHistory(ASKED.address)).toHaveLength(1)
    at.set({ historyDaysOf: { [ASKED.address]: 0 } })
    await at.settle()
    expect(at.library.photos.listHistory(ASKED.address)).toEqual([])
  })

  it('leavers go so many days before the last complete reading, and nobody else', async () => {
    const at = openCare(outlastingStore())
    const { people } = at.library
    people.save([somePerson('Old Hand')], 100 * DAY_MS)
    people.save([somePerson('New Hand')], 200 * DAY_MS)
    await at.settle()
    expect(people.count()).toBe(2)
    people.saveDirectoryState({ isComplete: false, endedMs: 200 * DAY_MS, requests: 1 })
    await at.settle()
    expect(people.count()).toBe(2)
    people.saveDirectoryState({ isComplete: true, endedMs: 200 * DAY_MS, requests: 1 })
    at.set({ leaverDays: null })
    await at.settle()
    expect(people.count()).toBe(2)
    at.set({ leaverDays: 90 })
    await at.settle()
    expect([...people.iterateAll()].map(({ displayName }) => displayName)).toEqual(['New Hand'])
    expect(at.forgotten()).toBe(1)
  })

  it('a library over its size drops what is missed least, until it fits', async () => {
    const at = openCare(outlastingStore())
    const tile = photoChange('tile', 1, { sizeCode: 'HR240x240' })
    at.library.photos.save([
      tile,
      ...Array.from({ length: 200 }, (_, index) =>
        photoChange(`${index} `.padEnd(10_000, 'x'), 2, { address: address(`p${index}@x.example`), etag: null }),
      ),
    ])
    at.set({ maxLibraryBytes: 1_000_000 })
    await at.settle()
    const { fileBytes, freeBytes, pictures } = at.care.read()
    expect(fileBytes).toBeLessThanOrEqual(1_000_000)
    expect(freeBytes).toBe(0)
    expect(pictures).toBeGreaterThan(50)
    expect(at.library.photos.hasBytes(tile.kind === 'photo' ? tile.picture.contentHash : '')).toBe(true)
  })
})

describe('over the contract', () => {
  let world: Awaited<ReturnType<typeof startDemoWorld>>
  beforeAll(async () => {
    world = await startDemoWorld({ people: 40 })
  })
  afterEach(() => world.closeEngines())
  afterAll(() => world.demo.close())

  /** A connected engine with the directory read and every photo of the tiles held. */
  async function filled() {
    const dataDir = world.newFolder()
    const engine = await world.open(dataDir)
    await world.connect(engine)
    await whenJobEnded(engine, await engine.client.people.startReadDirectory())
    const sync = await engine.client.photos.startSync({ scope: EVERYBODY, sizeCodes: ['HR240x240'] })
    expect((await whenJobEnded(engine, sync)).state).toBe('done')
    return { dataDir, engine, client: engine.client }
  }
  const photosOf = (status: LibraryStatus) => status.sizes.reduce((sum, { photos }) => sum + photos, 0)
  const someone = () => addressOf(world.demo.truth().find(({ state }) => state === 'photo')?.address ?? '')

  it('a purge leaves people, whose photos count as never asked, and the grid hears of it', async () => {
    const { engine, client } = await filled()
    const before = await client.library.read()
    expect(photosOf(before)).toBeGreaterThan(10)
    const removed = await client.library.purge({ scope: EVERYBODY, what: 'photos-and-history', sizeCodes: null })
    expect(removed).toMatchObject({ people: 0 })
    expect(await client.library.read()).toMatchObject({ people: before.people, pictures: 0, sizes: [] })
    const row = engine.session()?.index.row(someone())
    expect(row?.photo).toMatchObject({ state: 'not-asked', tile: null })
  })

  it('a person who is forgotten is not found any more, and comes back when the directory is asked', async () => {
    const { engine, client } = await filled()
    const who = someone()
    const before = await client.library.read()
    expect(await client.library.forgetPeople({ addresses: [who] })).toMatchObject({ people: 1, photos: 1 })
    expect((await client.library.read()).people).toBe(before.people - 1)
    await expect(client.people.read({ address: who })).rejects.toThrow()
    expect(
      (await client.people.listAddresses({ query: { text: '', filter: NO_FILTER, sort: 'name' } })).includes(who),
    ).toBe(false)
    await whenJobEnded(engine, await client.people.startReadDirectory())
    expect((await client.people.read({ address: who })).address).toBe(who)
  })

  it('earlier pictures are listed, and served at the photo’s address', async () => {
    const { engine, client } = await filled()
    const who = someone()
    const [before] = (await client.photos.list({ address: who })).filter(({ sizeCode }) => sizeCode === 'HR240x240')
    world.demo.script.changePhoto(who)
    await client.photos.refresh({ address: who })
    const history = await client.photos.listHistory({ address: who })
    expect(history).toMatchObject([{ sizeCode: 'HR240x240', contentHash: before?.contentHash, isDecodable: true }])
    const query = { person: who, size: 'HR240x240', v: history[0]?.contentHash } as const
    const reply = await engine.servePhoto(query, new AbortController().signal)
    expect(reply).toMatchObject({ status: 200, headers: { 'Content-Type': 'image/jpeg' } })
    const [other] = (
      await client.people.listAddresses({ query: { text: '', filter: NO_FILTER, sort: 'name' } })
    ).filter((one) => one !== who)
    if (other === undefined) throw new Error('nobody else')
    const stranger = await engine.servePhoto({ ...query, person: other }, new AbortController().signal)
    expect(stranger.status).toBe(404)
  })

  it('a damaged library is a clear answer, and is rebuilt without losing the account', async () => {
    const { dataDir, engine } = await filled()
    const { file } = await engine.client.library.read()
    await engine.close()
    writeFileSync(file, 'this is not a database, but long enough to look at '.repeat(40))
    const again = await world.open(dataDir, { open: 'last-or-demo' })
    const broken = await again.client.connections.read()
    expect(broken.error).toMatchObject({ code: 'library-unusable', reason: 'corrupt' })
    await expect(again.client.library.read()).rejects.toMatchObject({ data: { code: 'library-unusable' } })
    const status = await again.client.library.rebuild()
    expect(status.account?.address).toBe(world.user.address)
    expect((await again.client.connections.list()).map((account) => account.address)).toEqual([world.user.address])
    const rebuilt = await again.client.library.read()
    expect(rebuilt).toMatchObject({ people: 0, setAside: [{ bytes: 2040 }] })
    expect(readFileSync(join(dirname(file), rebuilt.setAside[0]?.name ?? ''), 'utf8')).toContain('not a database')
    expect(await again.client.library.removeSetAside()).toEqual({ files: 1 })
    expect(readdirSync(dirname(file)).filter((name) => name.includes('aside'))).toEqual([])
  })

  it('a library that another program has open is not moved', async () => {
    const { dataDir, engine } = await filled()
    const other = await world.open(dataDir, { open: 'last-or-demo' })
    await expect(other.client.library.rebuild()).rejects.toMatchObject({
      data: { code: 'library-unusable', reason: 'locked' },
    })
    expect((await engine.client.library.check()).problems).toEqual([])
    expect((await other.client.library.read()).people).toBeGreaterThan(0)
  })

  it('encryption is refused where there is no place for the key', async () => {
    const { client } = await filled()
    await expect(client.settings.update({ library: { isEncrypted: true } })).rejects.toMatchObject({
      data: { code: 'not-supported' },
    })
    expect((await client.library.read()).encryption).toEqual({ state: 'off', remaining: 0, isAvailable: false })
  })
})

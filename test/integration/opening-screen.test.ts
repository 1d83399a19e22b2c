import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPeopleIndex } from '../../src/main/core/people/create-people-index.ts'
import { createOpeningScreen } from '../../src/main/engine/opening-screen.ts'
import { startEngine } from '../../src/main/engine/start-engine.ts'
import { createAccountStore } from '../../src/main/store/account-store.ts'
import { libraryFile } from '../../src/main/store/library-file.ts'
import { openLibrary } from '../../src/main/store/open-library.ts'
import { NO_FILTER } from '../../src/shared/people.ts'
import { bareHost, engineOptions } from '../support/engine-options.ts'
import { silentLog } from '../support/manual-clock.ts'
import { addressOf } from '../support/photo-records.ts'
import { personOf } from '../support/scripted-connector.ts'

const ACCOUNT = addressOf('helpdesk')
/** More than are taken into the index in one step, so that it is filled behind. */
const MANY = 2_000
const QUERY = { text: '', filter: NO_FILTER, sort: 'name' as const }
const SCREEN = { query: QUERY, offset: 0, limit: 60 }

let dataDir: string

/** The library of the account, for a moment. */
function withLibrary<T>(work: (library: Extract<ReturnType<typeof openLibrary>, { ok: true }>['value']) => T): T {
  const opened = openLibrary(libraryFile(dataDir, ACCOUNT), { log: silentLog })
  if (!opened.ok) throw new Error(opened.error.code)
  try {
    return work(opened.value)
  } finally {
    opened.value.close()
  }
}

const nameOf = (number: number) => `p${String(number).padStart(5, '0')}`
const start = () => startEngine(engineOptions(dataDir, { open: 'last-or-demo' }), bareHost())

/** Opens the window, as it is for a moment, and closes it. */
async function lookOnce(): Promise<void> {
  const engine = await start()
  await engine.client.people.search(SCREEN)
  await engine.close()
}

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rollcall-opening-'))
  const accounts = createAccountStore(dataDir, silentLog)
  accounts.save({
    ...{ address: ACCOUNT, userName: ACCOUNT, auth: 'basic', agreedHosts: [], discovery: null },
    endpoints: { ewsUrl: 'https://127.0.0.1:9/EWS/Exchange.asmx', photosUrl: null, serverVersion: 'Exchange2016' },
    photoRoute: 'ews-url',
  })
  accounts.setLastUsed(ACCOUNT)
  const people = Array.from({ length: MANY }, (_, number) => personOf(nameOf(number)))
  withLibrary((library) => library.people.save(people, 1))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

it('shows at once what the window showed first the last time, and counts when everybody is in the index', async () => {
  await lookOnce()
  const engine = await start()
  expect(engine.session()?.index.size).toBeLessThan(MANY)
  const shown = await engine.client.people.search(SCREEN)
  expect(engine.session()?.index.size).toBeLessThan(MANY)
  expect(shown).toMatchObject({ known: MANY, total: MANY, offset: 0 })
  expect(shown.rows.map(({ address }) => address)).toEqual(
    Array.from({ length: SCREEN.limit }, (_, number) => addressOf(nameOf(number))),
  )
  const { states } = await engine.client.people.countChips({ query: QUERY })
  expect(states).toContainEqual({ key: 'not-asked', count: MANY })
  await engine.close()
})

it('does not fill the index the sooner for what a window asks for beside its first screen', async () => {
  await lookOnce()
  const engine = await start()
  const { client } = engine
  const isWhole = () => engine.session()?.filling.isWhole()
  await client.people.search(SCREEN)
  const beside = client.people.search({ ...SCREEN, offset: SCREEN.limit })
  const counts = client.people.countChips({ query: QUERY })
  const visible = client.photos.setVisible({ addresses: [addressOf(nameOf(0))] })
  await client.app.read()
  expect(isWhole()).toBe(false)
  await client.people.search({ ...SCREEN, query: { ...QUERY, text: nameOf(1) } })
  expect(isWhole()).toBe(true)
  expect((await beside).rows[0]?.address).toBe(addressOf(nameOf(SCREEN.limit)))
  expect((await counts).states).toContainEqual({ key: 'not-asked', count: MANY })
  await visible
  await engine.close()
})

it('waits for the index with every other question', async () => {
  await lookOnce()
  const engine = await start()
  const { client } = engine
  const found = await client.people.search({ ...SCREEN, query: { ...QUERY, text: nameOf(MANY - 1) } })
  expect(found).toMatchObject({ known: MANY, total: 1 })
  await engine.close()
})

it('waits for the index the first time', async () => {
  const engine = await start()
  expect(await engine.client.people.search(SCREEN)).toMatchObject({ known: MANY, total: MANY })
  await engine.close()
})

it('tells of it when the people are others now', async () => {
  await lookOnce()
  withLibrary((library) => library.people.save([personOf('aaron')], 2))
  const engine = await start()
  const watching = new AbortController()
  const events = await engine.client.app.watch(undefined, { signal: watching.signal })
  expect((await engine.client.people.search(SCREEN)).total).toBe(MANY)
  // Somebody waits for the index: it is filled now.
  const counted = engine.client.people.countChips({ query: QUERY })
  for await (const event of events) if (event.type === 'people-changed') break
  await counted
  watching.abort()
  const now = await engine.client.people.search(SCREEN)
  expect(now.total).toBe(MANY + 1)
  expect(now.rows[0]?.address).toBe(addressOf('aaron'))
  await engine.close()
})

it('keeps an answer once, as long as it stays the same', () => {
  const people = Array.from({ length: MANY }, (_, number) => personOf(nameOf(number)))
  withLibrary((library) => {
    const index = createPeopleIndex()
    index.upsert(people)
    const opening = createOpeningScreen(library.opening, index)
    expect(opening.keep()).toBe(false)
    opening.note(SCREEN)
    opening.note({ ...SCREEN, offset: 60 })
    opening.note({ ...SCREEN, query: { ...QUERY, text: 'p' } })
    expect(opening.keep()).toBe(true)
    expect(opening.keep()).toBe(false)
    expect(opening.recall(SCREEN)).toMatchObject({ total: MANY, offset: 0 })
  })
})

it('gives up a library that cannot be read to its end, and says so', async () => {
  const file = libraryFile(dataDir, ACCOUNT)
  const db = new BetterSqlite(file)
  const lastPage = db.prepare<[], number>("SELECT max(pageno) FROM dbstat WHERE name = 'person'").pluck().get() ?? 0
  const pageBytes = db.pragma('page_size', { simple: true }) as number
  db.close()
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(pageBytes, 0xff), 0, pageBytes, (lastPage - 1) * pageBytes)
  closeSync(handle)
  const engine = await start()
  const { client } = engine
  await expect(client.people.countChips({ query: QUERY })).rejects.toMatchObject({ data: { code: 'library-unusable' } })
  await vi.waitFor(async () => {
    expect((await client.connections.read()).error).toMatchObject({ code: 'library-unusable' })
  })
  await client.settings.update({ appearance: { theme: 'dark' } })
  await engine.close()
})

it('keeps nothing of whoever is forgotten', async () => {
  await lookOnce()
  const engine = await start()
  await engine.client.library.forgetPeople({ addresses: [addressOf(nameOf(0))] })
  await engine.close()
  const kept = withLibrary((library) => library.opening.find(JSON.stringify(SCREEN)))
  expect(kept).toBeNull()
})

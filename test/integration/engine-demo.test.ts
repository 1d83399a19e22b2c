import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { InProcessEngine } from '../../src/main/engine/session-types.ts'
import { libraryFile } from '../../src/main/store/library-file.ts'
import { NO_FILTER } from '../../src/shared/people.ts'
import type { SyncReport } from '../../src/shared/photos.ts'
import { EVERYBODY, scopeOf, sessionOf, startDemoWorld, whenJobEnded } from '../support/engine-on-demo.ts'
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

/** An engine that is connected and has read the directory. */
async function openRead(dataDir = world.newFolder()): Promise<InProcessEngine> {
  const engine = await world.open(dataDir)
  expect((await world.connect(engine)).error).toBeNull()
  await whenJobEnded(engine, await engine.client.people.startReadDirectory())
  world.demo.clearRequests()
  return engine
}

/** People who have a photo in their mailbox, all different. */
function peopleWithPhotos(count: number): string[] {
  const truth = world.demo.truth()
  const whole = truth.filter(
    ({ state, photoCase, kind }) => state === 'photo' && photoCase === 'plain' && kind === 'person',
  )
  return whole.slice(0, count).map(({ address }) => address)
}

async function syncOf(engine: InProcessEngine, addresses: readonly string[]): Promise<SyncReport> {
  const id = await engine.client.photos.startSync({ scope: scopeOf(addresses), sizeCodes: ['HR648x648'] })
  const job = await whenJobEnded(engine, id)
  if (job.result?.kind !== 'sync') throw new Error(JSON.stringify(job.error))
  return job.result.report
}

const sumOf = (report: SyncReport) =>
  report.new + report.changed + report.same + report.none + report.notAvailable + report.failed

describe('the engine and the demo Exchange', () => {
  it('connects by Autodiscover and keeps the account', async () => {
    const folder = world.newFolder()
    const engine = await world.open(folder)
    const outcome = await world.connect(engine)
    expect(outcome).toMatchObject({ error: null, account: { address: world.user.address, isDemo: false } })
    expect(outcome.steps.at(-1)).toMatchObject({ name: 'sign-in', outcome: 'found' })
    expect(JSON.stringify(outcome)).not.toContain(world.user.password)
    expect((await engine.client.connections.read()).state).toBe('online')
    expect(await engine.client.connections.list()).toHaveLength(1)
  })

  it('says that a password was refused, having tried it once', async () => {
    const engine = await world.open(world.newFolder())
    const before = world.demo.failedLogons()
    const outcome = await world.connect(engine, 'not the password')
    expect(outcome).toMatchObject({ account: null, error: { code: 'unauthorized' } })
    expect(world.demo.failedLogons() - before).toBe(1)
    expect(await engine.client.connections.list()).toEqual([])
  })

  it('reads the whole directory, and audits everybody as they truly are', async () => {
    const engine = await openRead()
    const session = sessionOf(engine)
    const truth = world.demo.truth()
    expect(await engine.client.people.readDirectoryStatus()).toMatchObject({ state: 'complete', people: truth.length })
    const job = await whenJobEnded(engine, await engine.client.audit.start({ scope: EVERYBODY }))
    expect(job).toMatchObject({ state: 'done', failed: 0, error: null })
    const found = truth.map(({ address }) => {
      const row = session.index.row(addressOf(address))
      return [address, row?.photo.state, [...(row?.photo.findings ?? [])].sort()]
    })
    expect(found).toEqual(truth.map(({ address, state, findings }) => [address, state, [...findings].sort()]))
  })

  it('does not download an unchanged photo twice: 304 moves no bytes, and the report adds up', async () => {
    const people = peopleWithPhotos(10)
    const engine = await openRead()
    const first = await syncOf(engine, people)
    expect(first).toMatchObject({ asked: 10, new: 10, requests: 10, bytesSaved: 0 })
    const second = await syncOf(engine, people)
    expect(second).toMatchObject({
      asked: 10,
      same: 10,
      requests: 10,
      bytesReceived: 0,
      bytesSaved: first.bytesReceived,
    })
    expect(world.photoRequests().map(({ status }) => status)).toEqual([...Array(10).fill(200), ...Array(10).fill(304)])
  })

  it('asks for a picture whose bytes were damaged in the file without its ETag, and has it again', async () => {
    const people = peopleWithPhotos(5)
    const folder = world.newFolder()
    const first = await openRead(folder)
    await syncOf(first, people)
    const [hurt = ''] = people
    const { contentHash = null } = sessionOf(first).photos.find(addressOf(hurt), 'HR648x648')?.record ?? {}
    await first.close()
    const { address } = world.user
    const db = new Database(libraryFile(folder, addressOf(address)))
    // One bit: length and first bytes stay, so that only the hash tells.
    const { bytes, id } = db
      .prepare<[string], { bytes: Buffer; id: number }>(
        `SELECT picture_bytes.bytes, picture_id AS id FROM picture_bytes JOIN picture ON picture.id = picture_id
         WHERE hex(content_hash) = upper(?)`,
      )
      .get(contentHash ?? '') ?? { bytes: Buffer.alloc(0), id: 0 }
    bytes.writeUInt8((bytes.at(-3) ?? 0) ^ 1, bytes.length - 3)
    expect(db.prepare('UPDATE picture_bytes SET bytes = ? WHERE picture_id = ?').run(bytes, id).changes).toBe(1)
    db.close()

    const engine = await openRead(folder)
    expect(await syncOf(engine, people)).toMatchObject({ asked: 5, same: 5 })
    const asked = world
      .photoRequests()
      .map(({ address: who, status, ifNoneMatch }) => [who, status, ifNoneMatch !== undefined])
    expect(asked.filter(([who]) => who === hurt)).toEqual([[hurt, 200, false]])
    expect(asked.filter(([who]) => who !== hurt).map(([, status, isConditional]) => [status, isConditional])).toEqual(
      Array(4).fill([304, true]),
    )
    expect(sessionOf(engine).photos.readBytes(contentHash ?? '')).not.toBeNull()
  })

  it('notices what changed and what is gone', async () => {
    const [changed = '', removed = '', ...same] = peopleWithPhotos(5)
    const engine = await openRead()
    await syncOf(engine, [changed, removed, ...same])
    world.demo.script.changePhoto(changed)
    world.demo.script.removePhoto(removed)
    const report = await syncOf(engine, [changed, removed, ...same])
    expect(report).toMatchObject({ asked: 5, changed: 1, none: 1, same: 3 })
    expect(sumOf(report)).toBe(report.asked)
    expect(sessionOf(engine).index.row(addressOf(removed))?.photo).toMatchObject({ state: 'none', tile: null })
  })

  it('obeys 503 with Retry-After, and has everything in the end', async () => {
    const people = peopleWithPhotos(20)
    const engine = await openRead()
    world.demo.script.answerBusyAfter(5, { status: 503, retryAfterSeconds: 2 })
    expect(await syncOf(engine, people)).toMatchObject({ asked: 20, new: 20, failed: 0 })
    const requests = world.photoRequests()
    const busy = requests.findIndex(({ status }) => status === 503)
    const busyMs = requests[busy]?.atMs ?? 0
    // What was on its way beside the busy answer may still arrive; everything else keeps the pause.
    const after = requests.filter(({ atMs }) => atMs > busyMs + 200)
    expect(busy).toBeGreaterThan(0)
    expect(Math.min(...after.map(({ atMs }) => atMs)) - busyMs).toBeGreaterThanOrEqual(1_900)
  })

  it('survives lost connections', async () => {
    const people = peopleWithPhotos(20)
    const engine = await openRead()
    world.demo.script.resetAfter(3, 4)
    expect(await syncOf(engine, people)).toMatchObject({ asked: 20, new: 20, failed: 0 })
  })

  it('counts garbage as a failure of one person, never as "none"', async () => {
    const [garbled = '', ...others] = peopleWithPhotos(4)
    const engine = await openRead()
    world.demo.script.sendGarbageFor(garbled, 'html')
    expect(await syncOf(engine, [garbled, ...others])).toMatchObject({ asked: 4, new: 3, failed: 1, none: 0 })
    expect(sessionOf(engine).index.row(addressOf(garbled))?.photo.state).toBe('could-not-ask')
  })

  it('fetches the nine sizes of a person who is opened', async () => {
    const [person = ''] = peopleWithPhotos(1)
    const engine = await openRead()
    const records = await engine.client.photos.ensureAll({ address: addressOf(person) })
    expect(records).toHaveLength(9)
    expect(records.map(({ verdict }) => verdict)).toEqual(Array(9).fill('photo'))
    expect(records.at(-1)).toMatchObject({ sizeCode: 'HR648x648', widthPx: 648, heightPx: 648, format: 'jpeg' })
  })

  it('finds people at the server who are not known yet', async () => {
    const engine = await world.open(world.newFolder())
    await world.connect(engine)
    const someone = world.demo.people.find(({ kind, surname }) => kind === 'person' && surname.length > 4)
    const text = someone?.surname ?? ''
    expect(await engine.client.people.searchServer({ text })).toMatchObject({ isComplete: true })
    const query = { text, filter: NO_FILTER, sort: 'name' as const }
    expect(await engine.client.people.listAddresses({ query })).toContain(someone?.address)
  })
})

describe('the demo organisation', () => {
  it('opens by itself when there is no account, reads its directory once, and is kept nowhere', async () => {
    const folder = world.newFolder()
    const engine = await world.openDemo(folder)
    expect(await engine.client.connections.read()).toMatchObject({ account: { isDemo: true } })
    const [job] = await engine.client.jobs.list()
    if (job === undefined) throw new Error('the directory is not being read')
    expect(await whenJobEnded(engine, job.id)).toMatchObject({ kind: 'read-directory', state: 'done', error: null })
    expect(sessionOf(engine).index.size).toBe(world.demo.truth().length)
    expect(await engine.client.connections.list()).toMatchObject([{ isDemo: true }])
    await engine.close()
    const again = await world.openDemo(folder)
    expect(await again.client.jobs.list()).toEqual([])
    expect(sessionOf(again).index.size).toBe(world.demo.truth().length)
  })

  it('makes room for an account and comes back, each with its own library', async () => {
    const engine = await world.openDemo(world.newFolder())
    const demoAddress = sessionOf(engine).account.address
    const other = world.demo.accounts[1]
    if (other === undefined) throw new Error('the demo has one user only')
    const { address, userName, password } = other
    const outcome = await engine.client.connections.start({ address: addressOf(address), userName, password })
    expect(outcome).toMatchObject({ error: null, account: { address, isDemo: false } })
    expect(await engine.client.people.readDirectoryStatus()).toMatchObject({ state: 'never-read', people: 0 })
    expect(await engine.client.connections.use({ address: demoAddress })).toMatchObject({
      state: 'online',
      account: { isDemo: true },
    })
    expect(await engine.client.connections.use({ address: addressOf(address) })).toMatchObject({ state: 'online' })
    expect(await engine.client.connections.forget({ address: addressOf(address) })).toMatchObject({ state: 'none' })
    expect(await engine.client.connections.list()).toEqual([])
  })
})

describe('a restart', () => {
  it('works offline with everything that was there', async () => {
    const own = await startDemoWorld({ people: 40 })
    try {
      const folder = own.newFolder()
      const [person = ''] = own.demo
        .truth()
        .filter(({ state, photoCase }) => state === 'photo' && photoCase === 'plain')
        .map(({ address }) => address)
      const engine = await own.open(folder)
      await own.connect(engine)
      await whenJobEnded(engine, await engine.client.people.startReadDirectory())
      await syncOf(engine, [person])
      const before = sessionOf(engine).index.row(addressOf(person))
      await engine.close()
      await own.demo.close()

      const again = await own.open(folder, { open: 'last-or-demo' })
      expect(await again.client.connections.retry()).toMatchObject({ account: { address: own.user.address } })
      expect((await again.client.connections.read()).state).not.toBe('online')
      expect(sessionOf(again).index.row(addressOf(person))).toEqual(before)
      const { contentHash = '' } = before?.photo.tile ?? {}
      const reply = await again.servePhoto(
        { person: addressOf(person), size: 'HR648x648', v: contentHash },
        new AbortController().signal,
      )
      expect(reply.status).toBe(200)
    } finally {
      await own.closeEngines()
    }
  })
})

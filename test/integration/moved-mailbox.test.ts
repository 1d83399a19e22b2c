import { createServer, connect as openSocket, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DemoMoved } from '../../src/main/demo/demo-types.ts'
import type { InProcessEngine } from '../../src/main/engine/session-types.ts'
import { sessionOf, startDemoWorld } from '../support/engine-on-demo.ts'
import { addressOf } from '../support/photo-records.ts'

const OLD = 'mail.fjordline.example'
const NEW = 'exchange.fjordline.example'
const HOUR_MS = 3_600_000
const { signal } = new AbortController()

let world: Awaited<ReturnType<typeof startDemoWorld>>
let engine: InProcessEngine
const realNow = Date.now

/** The old host is reached through a relay, so that it can go away while the other stays. */
async function startRelay(port: number) {
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const onwards = openSocket(port, '127.0.0.1')
    for (const [socket, other] of [[client, onwards] as const, [onwards, client] as const]) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => other.destroy())
    }
    client.pipe(onwards).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
let relay: Awaited<ReturnType<typeof startRelay>>

beforeEach(async () => {
  world = await startDemoWorld({ people: 40, extraHosts: [NEW] })
  relay = await startRelay(world.demo.port)
  const resolveRules = world.demo.resolveRules.map((rule) =>
    rule.host === OLD ? { ...rule, toPort: relay.port } : rule,
  )
  const network = { extraCaPem: [world.demo.caPem], resolveRules, dnsServer: '127.0.0.1:9', concurrency: null }
  engine = await world.open(world.newFolder(), { network })
  expect((await world.connect(engine)).error).toBeNull()
  expect(await ewsHost()).toBe(OLD)
  const values = { ExternalEwsUrl: `https://${NEW}/EWS/Exchange.asmx` }
  world.demo.script.answerAutodiscover({
    ...{ host: 'autodiscover.fjordline.example', service: 'soap' },
    answer: { kind: 'settings', values },
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await world.closeEngines()
  await relay.close()
  await world.demo.close()
})

async function ewsHost(): Promise<string> {
  const [account] = await engine.client.connections.list()
  return new URL(account?.ewsUrl ?? '').hostname
}

/** Time goes on from then: what was found is old enough to be looked up again. */
function passTime(ms: number): void {
  vi.spyOn(Date, 'now').mockImplementation(() => realNow() + ms)
}

const lookUps = () => world.demo.requests('GetUserSettings').length

/** Asks for one person after the other, as somebody does who looks through the grid. */
async function askForPhotos(count: number) {
  const people = world.demo.people.filter(({ kind }) => kind === 'person').slice(0, count)
  for (const { address } of people) {
    await sessionOf(engine).ensurePhoto(addressOf(address), 'HR64x64', { priority: 'opened', signal, isForced: true })
  }
}

const search = () => engine.client.people.searchServer({ text: 'maja' }).catch(() => null)

describe('an account whose mailbox has moved to another server', () => {
  it.each<{ says: string; how: DemoMoved; notice: () => Promise<unknown> }>([
    { says: 'redirects photos there', how: { kind: 'redirect', toHost: NEW }, notice: () => askForPhotos(4) },
    { says: 'says that nothing is there (410)', how: { kind: 'gone', status: 410 }, notice: search },
    { says: 'says that nothing is there (404)', how: { kind: 'gone', status: 404 }, notice: search },
    { says: 'says ErrorMailboxMoveInProgress', how: { kind: 'moving' }, notice: search },
  ])('is looked up again when the old one $says, and goes on at the new one', async ({ how, notice }) => {
    passTime(2 * HOUR_MS)
    const before = lookUps()
    world.demo.script.leaveHost(OLD, how)
    await notice()
    await expect.poll(ewsHost, { timeout: 20_000 }).toBe(NEW)
    expect(lookUps()).toBe(before + 1)
    await expect.poll(async () => (await engine.client.connections.read()).state).toBe('online')
    world.demo.clearRequests()
    expect(await search()).toMatchObject({ isComplete: true })
    await askForPhotos(2)
    const asked = world.demo.requests().filter(({ operation }) => ['ResolveNames', 'GetUserPhoto'].includes(operation))
    expect(asked.length).toBeGreaterThanOrEqual(3)
    expect(new Set(asked.map(({ host, status }) => `${host} ${status !== null && status < 500}`))).toEqual(
      new Set([`${NEW} true`]),
    )
  })

  it('is looked up again when nobody is at the old address any more', async () => {
    passTime(2 * HOUR_MS)
    await relay.close()
    await askForPhotos(4)
    await expect.poll(ewsHost, { timeout: 20_000 }).toBe(NEW)
    await expect.poll(async () => (await engine.client.connections.read()).state).toBe('online')
  })

  it('is not looked up again within an hour, however often the server says so', async () => {
    const before = lookUps()
    world.demo.script.leaveHost(OLD, { kind: 'moving' })
    await search()
    await search()
    expect(lookUps()).toBe(before)
    passTime(HOUR_MS + 1)
    await search()
    await expect.poll(ewsHost, { timeout: 20_000 }).toBe(NEW)
    world.demo.script.leaveHost(NEW, { kind: 'moving' })
    const after = lookUps()
    await search()
    await search()
    expect(lookUps()).toBe(after)
  })
})

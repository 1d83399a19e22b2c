import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_SPOILS, type DemoSpoil } from '../../src/main/demo/demo-types.ts'
import type { InProcessEngine } from '../../src/main/engine/session-types.ts'
import { contentHash } from '../../src/main/system/content-hash.ts'
import type { SizeCode } from '../../src/shared/size-codes.ts'
import { sessionOf, startDemoWorld } from '../support/engine-on-demo.ts'
import { addressOf } from '../support/photo-records.ts'

const IS_LONG = process.env['ROLLCALL_TEST_LONG'] !== undefined
const PEOPLE = IS_LONG ? 5_000 : 200
const SIZE_CODE: SizeCode = 'HR48x48'
/** A server that is silent for longer is given up, ms. */
const SILENCE_MS = 700
/** Syncs until everything is there, at most. */
const ROUNDS = 12

let world: Awaited<ReturnType<typeof startDemoWorld>>
beforeAll(async () => {
  world = await startDemoWorld({ people: PEOPLE, schemes: ['basic'] })
})
afterEach(async () => {
  world.demo.script.clear()
  await world.demo.script.breakTls(null)
  await world.closeEngines()
})
afterAll(() => world.demo.close())

const everybody = () => world.demo.people.filter(({ kind }) => kind !== 'list').map(({ address }) => addressOf(address))

async function openEngine(): Promise<InProcessEngine> {
  const { caPem, resolveRules } = world.demo
  const network = { extraCaPem: [caPem], resolveRules, dnsServer: '127.0.0.1:9', concurrency: 4, silenceMs: SILENCE_MS }
  const engine = await world.open(world.newFolder(), { network })
  await engine.client.settings.update({ library: { maxPhotoBytes: 400_000 } })
  await world.connect(engine)
  return engine
}

/** Syncs everybody until nothing failed; answers how many rounds it took. */
async function syncUntilWhole(engine: InProcessEngine): Promise<number> {
  const context = { signal: new AbortController().signal, setTotal: () => {}, advance: () => {}, fail: () => {} }
  for (let round = 1; round <= ROUNDS; round += 1) {
    const session = sessionOf(engine)
    const request = { addresses: everybody(), sizeCodes: [SIZE_CODE], ask: 'stale', context } as const
    const end = await session.sync(request)
    const { asked, new: fresh, changed, same, none, notAvailable, failed } = end
    expect(asked).toBe(fresh + changed + same + none + notAvailable + failed)
    if (failed === 0 && end.stoppedBy === null && asked === everybody().length) return round
    if (end.stoppedBy !== null) await engine.client.connections.retry()
  }
  throw new Error('something is missing after all rounds')
}

/** Everything that can be had is there, bit by bit as the server has it, and nothing else. */
async function expectWhole(engine: InProcessEngine): Promise<void> {
  const { photos } = sessionOf(engine)
  const wrong: string[] = []
  for (const address of everybody()) {
    const served = await world.demo.photo(address, SIZE_CODE)
    const record = photos.find(address, SIZE_CODE)?.record
    const expected = served === null ? null : contentHash(served.bytes)
    const isThere = expected === null || photos.readBytes(expected) !== null
    if (record === undefined || record.contentHash !== expected || record.error !== null || !isThere)
      wrong.push(address)
  }
  expect(wrong).toEqual([])
  expect((await engine.client.library.check()).problems).toEqual([])
}

const HARMLESS: readonly DemoSpoil[] = ['drip', 'gzip', 'chunked', 'http-1.0']

describe('a sync through a bad network', () => {
  it.each(IS_LONG ? [0.01, 0.1, 0.3] : [0.3])(
    'has everything in the end, and nothing wrong, although %d of all answers are spoilt in every way',
    { timeout: 1_200_000 },
    async (part) => {
      const engine = await openEngine()
      world.demo.script.spoilPhotos(part, DEMO_SPOILS)
      await syncUntilWhole(engine)
      world.demo.script.clear()
      await expectWhole(engine)
    },
  )

  it('needs no second try for what is odd but whole', { timeout: 300_000 }, async () => {
    const engine = await openEngine()
    world.demo.script.spoilPhotos(1, HARMLESS)
    expect(await syncUntilWhole(engine)).toBe(1)
    world.demo.script.clear()
    await expectWhole(engine)
  })

  it('waits out a handshake that ends in an alert, and a certificate that nobody trusts', {
    timeout: 300_000,
  }, async () => {
    const engine = await openEngine()
    for (const how of ['alert', 'other-certificate'] as const) {
      await world.demo.script.breakTls(how)
      const context = { signal: new AbortController().signal, setTotal: () => {}, advance: () => {}, fail: () => {} }
      const addresses = everybody().slice(0, 20)
      const request = { addresses, sizeCodes: [SIZE_CODE], ask: 'stale', context } as const
      const end = await sessionOf(engine).sync(request)
      expect(end).toMatchObject({ new: 0, same: 0, changed: 0, none: 0 })
      expect(end.stoppedBy?.code).toBe(how === 'alert' ? 'client-certificate-refused' : 'certificate-untrusted')
      await world.demo.script.breakTls(null)
      await engine.client.connections.retry()
    }
    await syncUntilWhole(engine)
    await expectWhole(engine)
  })
})

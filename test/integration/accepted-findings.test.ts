import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { InProcessEngine } from '../../src/main/engine/session-types.ts'
import { NO_FILTER } from '../../src/shared/people.ts'
import { EVERYBODY, scopeOf, sessionOf, startDemoWorld, whenJobEnded } from '../support/engine-on-demo.ts'
import { addressOf } from '../support/photo-records.ts'

const QUERY = { text: '', filter: NO_FILTER, sort: 'name' } as const

let world: Awaited<ReturnType<typeof startDemoWorld>>
beforeAll(async () => {
  world = await startDemoWorld({ people: 60, schemes: ['basic'] })
})
afterEach(() => world.closeEngines())
afterAll(() => world.demo.close())

/** An engine with everybody checked, and somebody without a photo. */
async function openChecked() {
  const folder = world.newFolder()
  const engine = await world.open(folder)
  await world.connect(engine)
  await whenJobEnded(engine, await engine.client.people.startReadDirectory())
  await check(engine)
  const missing = world.demo.truth().filter(({ state }) => state === 'none')
  const [first] = missing
  if (first === undefined) throw new Error('the demo has nobody without a photo')
  return { folder, engine, client: engine.client, ada: addressOf(first.address), missing: missing.length }
}

async function check(engine: InProcessEngine): Promise<void> {
  await whenJobEnded(engine, await engine.client.audit.start({ scope: EVERYBODY }))
}

async function countMissing({ client }: InProcessEngine): Promise<number> {
  const { findings } = await client.people.countChips({ query: QUERY })
  return findings.find(({ key }) => key === 'missing')?.count ?? 0
}

describe('an accepted finding', () => {
  it('is not counted any more, survives a rebuild of the library and a restart, and can be taken back', async () => {
    const { folder, engine, client, ada, missing } = await openChecked()
    expect(await countMissing(engine)).toBe(missing)
    const facts = { finding: 'missing', reason: 'wants none', untilMs: null } as const
    expect(await client.audit.accept({ scope: scopeOf([ada]), ...facts })).toMatchObject({ people: 1 })
    expect(await countMissing(engine)).toBe(missing - 1)
    const accepted = { address: ada, ...facts, by: world.user.address, acceptedMs: expect.any(Number) }
    expect(await client.audit.read({ address: ada })).toEqual({ state: 'none', open: [], accepted: [accepted] })

    await client.library.rebuild()
    expect(await client.audit.read({ address: ada })).toMatchObject({ state: 'not-asked', open: [] })
    await whenJobEnded(engine, await client.people.startReadDirectory())
    await check(engine)
    expect(await countMissing(engine)).toBe(missing - 1)
    await engine.close()

    const again = await world.open(folder)
    await world.connect(again)
    expect(await again.client.audit.listAccepted()).toEqual([accepted])
    expect(await again.client.audit.takeBack({ scope: scopeOf([ada]), finding: 'missing' })).toMatchObject({
      people: 1,
    })
    expect(await countMissing(again)).toBe(missing)
    expect(await again.client.audit.listAccepted()).toEqual([])
  })

  it('is none at a list, which nobody expects to have a photo', async () => {
    const { client } = await openChecked()
    const list = world.demo.truth().find(({ state }) => state === 'not-expected')
    const read = await client.audit.read({ address: addressOf(list?.address ?? '') })
    expect(read).toEqual({ state: 'not-expected', open: [], accepted: [] })
  })

  it('is accepted only where it is open', async () => {
    const { client, missing } = await openChecked()
    const facts = { scope: EVERYBODY, finding: 'missing', reason: '', untilMs: null } as const
    expect(await client.audit.accept(facts)).toMatchObject({ people: missing })
    expect(await client.audit.accept(facts)).toEqual({ people: 0, step: null })
    expect(await client.audit.takeBack({ scope: EVERYBODY, finding: 'not-square' })).toEqual({ people: 0, step: null })
  })

  it('is counted beside what is open, and each step can be undone once, as it was', async () => {
    const { client, ada, missing } = await openChecked()
    const scope = scopeOf([ada])
    const of = async (whom: typeof scope) =>
      (await client.audit.countFindings({ scope: whom })).find(({ finding }) => finding === 'missing')
    expect(await of(scope)).toEqual({ finding: 'missing', open: 1, accepted: 0 })
    const { step } = await client.audit.accept({ scope, finding: 'missing', reason: 'wants none', untilMs: null })
    const [accepted] = await client.audit.listAccepted()
    expect(await of(scope)).toEqual({ finding: 'missing', open: 0, accepted: 1 })
    expect(await of(EVERYBODY)).toEqual({ finding: 'missing', open: missing - 1, accepted: 1 })

    const back = await client.audit.takeBack({ scope: EVERYBODY, finding: 'missing' })
    expect(back).toMatchObject({ people: 1 })
    expect(await client.audit.undo({ step: back.step ?? 0 })).toEqual({ people: 1 })
    expect(await client.audit.listAccepted()).toEqual([accepted])
    expect(await client.audit.undo({ step: back.step ?? 0 })).toEqual({ people: 0 })

    expect(await client.audit.undo({ step: step ?? 0 })).toEqual({ people: 1 })
    expect(await client.audit.listAccepted()).toEqual([])
    expect(await of(EVERYBODY)).toEqual({ finding: 'missing', open: missing, accepted: 0 })
  })

  it('does not come back with “Undo” for whoever was forgotten meanwhile', async () => {
    const { client, ada } = await openChecked()
    const scope = scopeOf([ada])
    await client.audit.accept({ scope, finding: 'missing', reason: 'wants none', untilMs: null })
    const { step } = await client.audit.takeBack({ scope, finding: 'missing' })
    await client.library.forgetPeople({ addresses: [ada] })
    expect(await client.audit.undo({ step: step ?? 0 })).toEqual({ people: 0 })
    expect(await client.audit.listAccepted()).toEqual([])
  })

  it('goes with the person who is forgotten, and with the account', async () => {
    const { folder, engine, client, ada, missing } = await openChecked()
    await client.audit.accept({ scope: EVERYBODY, finding: 'missing', reason: '', untilMs: null })
    await client.library.forgetPeople({ addresses: [ada] })
    const left = await client.audit.listAccepted()
    expect(left).toHaveLength(missing - 1)
    expect(left.some(({ address }) => address === ada)).toBe(false)
    expect(readdirSync(join(folder, 'accepted'))).toHaveLength(1)
    const { account } = sessionOf(engine)
    await client.connections.forget({ address: account.address })
    expect(existsSync(join(folder, 'accepted')) ? readdirSync(join(folder, 'accepted')) : []).toEqual([])
  })
})

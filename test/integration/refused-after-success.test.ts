import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { describeError } from '../../src/shared/describe-error.ts'
import { sessionOf, startDemoWorld } from '../support/engine-on-demo.ts'
import { addressOf } from '../support/photo-records.ts'

const { signal } = new AbortController()

describe.each(['ntlm', 'basic'] as const)(
  'a server that refuses with 401 what it accepted before, over %s',
  (scheme) => {
    let world: Awaited<ReturnType<typeof startDemoWorld>>

    beforeAll(async () => {
      world = await startDemoWorld({ people: 30, schemes: [scheme] })
    })
    afterEach(async () => {
      world.demo.script.clear()
      await world.closeEngines()
    })
    afterAll(() => world.demo.close())

    it('is asked no more than was on its way, then nothing, and the words say both causes', async () => {
      const engine = await world.open(world.newFolder())
      expect((await world.connect(engine)).error).toBeNull()
      const session = sessionOf(engine)
      const people = world.demo.people.filter(({ kind }) => kind === 'person').map(({ address }) => addressOf(address))
      const ask = (index: number) =>
        session.ensurePhoto(people[index] ?? addressOf(''), 'HR96x96', { priority: 'opened', signal, isForced: true })
      expect((await ask(0)).record.error).toBeNull()

      world.demo.script.refuseSignIns()
      const failedBefore = world.demo.failedLogons()
      await Promise.all(people.slice(1, 9).map((_, index) => ask(index + 1)))
      // NTLM signs in one after the other; with Basic each request under way has its own answer.
      const failed = world.demo.failedLogons() - failedBefore
      expect(failed).toBeGreaterThan(0)
      expect(failed).toBeLessThanOrEqual(scheme === 'ntlm' ? 1 : 4)

      const status = await engine.client.connections.read()
      const error = { code: 'unauthorized', hint: 'no-longer-accepted', scheme }
      expect(status).toMatchObject({ state: 'signed-out', error })
      if (status.error === null) throw new Error('there is no error')
      expect(describeError(status.error).nextStep).toMatch(/sign in again.*too many connections/s)
      const asked = world.demo.requests().length
      await ask(10)
      expect(world.demo.requests()).toHaveLength(asked)

      world.demo.script.clear()
      expect((await world.connect(engine)).error).toBeNull()
      expect(
        (await sessionOf(engine).ensurePhoto(people[11] ?? addressOf(''), 'HR96x96', { priority: 'opened', signal }))
          .record.error,
      ).toBeNull()
    })
  },
)

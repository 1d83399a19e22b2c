import { expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts'
import { SIZE_CODES } from '../../src/shared/size-codes.ts'
import { scopeOf, whenJobEnded } from '../support/engine-on-demo.ts'
import { connectToTiny, photosAskedOf, photosOfEverybody } from '../support/engine-on-tiny.ts'
import { addressOf } from '../support/photo-records.ts'
import { startTinyServer, type TinyAnswer } from '../support/tiny-https-server.ts'

const PEOPLE = Array.from({ length: 60 }, (_, at) => addressOf(`p${at}`))
/** How long an answer takes here (ms), so that questions would pile up. */
const ANSWER_MS = 15

it('asks four things at the same time at most, unless it is told another number up to sixteen', () => {
  expect(DEFAULT_SETTINGS.library.concurrency).toBe(4)
})

it.each([2, 4, 16])(
  'everything at once (tiles, an opened person, a check, the directory) shares the limit of %d',
  async (limit) => {
    let underWay = 0
    let most = 0
    const answer = photosOfEverybody()
    const slowly: TinyAnswer = (request, response) => {
      underWay += 1
      most = Math.max(most, underWay)
      response.once('close', () => {
        underWay -= 1
      })
      setTimeout(() => answer(request, response), ANSWER_MS)
    }
    const server = await startTinyServer(slowly)
    try {
      const { extraCaPem, resolveRules } = server.network
      const { client, ...engine } = await connectToTiny({ extraCaPem, resolveRules }, `${server.url}/EWS/Exchange.asmx`)
      await client.settings.update({ library: { concurrency: limit } })
      const sync = { scope: scopeOf(PEOPLE), sizeCodes: ['HR48x48' as const, 'HR648x648' as const] }
      const jobs = [await client.photos.startSync(sync), await client.people.startReadDirectory()]
      await client.photos.setVisible({ addresses: PEOPLE })
      const opened = PEOPLE.slice(0, 5).map((address) => client.photos.ensureAll({ address }))
      for (const records of await Promise.all(opened)) expect(records).toHaveLength(SIZE_CODES.length)
      for (const job of jobs) await whenJobEnded({ client, ...engine }, job)
      expect(photosAskedOf(server).length).toBeGreaterThan(PEOPLE.length * 2)
      expect(most).toBeLessThanOrEqual(limit)
      // Also where more is allowed while the lines are open already.
      if (limit === 16) expect(most).toBeGreaterThan(4)
    } finally {
      await server.close()
    }
  },
)

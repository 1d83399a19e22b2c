import { expect, it } from 'vitest'
import { sessionOf } from '../support/engine-on-demo.ts'
import { connectToTiny, photosAskedOf, photosOfEverybody } from '../support/engine-on-tiny.ts'
import { addressOf } from '../support/photo-records.ts'
import { startTinyServer } from '../support/tiny-https-server.ts'

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toUTCString()

it.each<[string, () => Record<string, string>, { freshHours: number; isAskedAgain: boolean }]>([
  ['says nothing of it (the settings: at once)', () => ({}), { freshHours: 0, isAskedAgain: true }],
  ['says nothing of it (the settings: a day)', () => ({}), { freshHours: 24, isAskedAgain: false }],
  ['sends Expires', () => ({ expires: inDays(3) }), { freshHours: 0, isAskedAgain: false }],
  ['sends Cache-Control', () => ({ 'cache-control': 'private, max-age=3600' }), { freshHours: 0, isAskedAgain: false }],
  ['sends an Expires that is past', () => ({ expires: inDays(-1) }), { freshHours: 24, isAskedAgain: false }],
  ['forbids keeping', () => ({ 'cache-control': 'no-store', expires: '0' }), { freshHours: 24, isAskedAgain: false }],
])(
  'a photo of a server that %s is asked for again by the later of its word and the settings',
  async (_, headersOf, { freshHours, isAskedAgain }) => {
    const server = await startTinyServer(photosOfEverybody(undefined, headersOf))
    try {
      const { extraCaPem, resolveRules } = server.network
      const engine = await connectToTiny({ extraCaPem, resolveRules }, `${server.url}/EWS/Exchange.asmx`)
      await engine.client.settings.update({ library: { freshHours } })
      const context = { signal: new AbortController().signal, setTotal: () => {}, advance: () => {}, fail: () => {} }
      const what = { addresses: [addressOf('ada')], sizeCodes: ['HR48x48' as const], ask: 'stale' as const, context }
      expect(await sessionOf(engine).sync(what)).toMatchObject({ new: 1 })
      expect(await sessionOf(engine).sync(what)).toMatchObject({ same: 1 })
      expect(photosAskedOf(server)).toHaveLength(isAskedAgain ? 2 : 1)
    } finally {
      await server.close()
    }
  },
)

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DemoAutodiscoverAnswer, DemoAutodiscoverScript } from '../../src/main/demo/demo-types.ts'
import { describeSteps } from '../../src/shared/describe-connection.ts'
import { startDiscoveryWorld } from '../support/discover-on-demo.ts'
import { startTinyDns } from '../support/tiny-dns-server.ts'

const OWN = 'autodiscover.fjordline.example'
const OTHER = 'exchange.fjordline.example'
const ONLINE = 'outlook.office365.com'
const OTHER_URL = `https://${OTHER}/autodiscover/autodiscover.svc`

let world: Awaited<ReturnType<typeof startDiscoveryWorld>>

beforeAll(async () => {
  world = await startDiscoveryWorld({ extraHosts: [OTHER, ONLINE] })
})
beforeEach(() => world.reset())
afterAll(() => world.demo.close())

function own(answer: DemoAutodiscoverAnswer, more: Partial<DemoAutodiscoverScript> = {}) {
  world.demo.script.answerAutodiscover({ host: OWN, service: 'soap', answer, ...more })
}

/** Where the settings came from, and the steps by name. */
async function connect(options: Parameters<typeof world.connect>[0] = {}) {
  const { result, steps } = await world.connect(options)
  const found = steps.find(({ outcome, name }) => outcome === 'found' && name.startsWith('autodiscover'))
  return { result, steps, at: found === undefined ? null : new URL(found.url).hostname }
}

describe('Autodiscover', () => {
  it('names every question, the unsigned ones too, and the doctor tells the names', async () => {
    const { steps } = await connect()
    const asked = world.demo.requests()
    const ids = asked.map(({ clientRequestId }) => clientRequestId)
    expect(asked.some(({ hasCredentials }) => !hasCredentials)).toBe(true)
    expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(id ?? ''))).toBe(true)
    const told = steps.flatMap(({ evidence }) => evidence?.requestId ?? [])
    expect(told.length).toBeGreaterThan(0)
    expect(ids).toEqual(expect.arrayContaining(told))
    expect(describeSteps(steps)).toContain(`client-request-id: ${told[0]}`)
  })

  it.each([301, 302, 303, 307, 308])('is followed over HTTP %s, with the request sent again whole', async (status) => {
    own({ kind: 'http', status, headers: { location: OTHER_URL } })
    expect(await connect()).toMatchObject({ at: OTHER, result: { ok: true } })
  })

  it('is followed by RedirectUrl and by POX’s redirectUrl', async () => {
    own({ kind: 'redirect-url', url: OTHER_URL })
    expect((await connect()).at).toBe(OTHER)
    world.reset()
    own({ kind: 'fault' })
    const url = OTHER_URL.replace('.svc', '.xml')
    own({ kind: 'redirect-url', url }, { service: 'pox' })
    expect((await connect()).at).toBe(OTHER)
  })

  it('is asked in the older form after a fault with HTTP 500', async () => {
    own({ kind: 'fault' })
    const { steps, result } = await connect()
    expect(result.ok).toBe(true)
    expect(steps.filter(({ outcome }) => outcome === 'found').map(({ name }) => name)).toContain('autodiscover-pox')
  })

  it('is asked again for less where a setting makes the whole request invalid', async () => {
    own({ kind: 'knows-old-settings-only', ewsUrl: world.demo.ewsUrl })
    expect((await connect()).result.ok).toBe(true)
    expect(world.demo.requests('GetUserSettings')).toHaveLength(2)
  })

  it('reads settings beside one of a type that nobody knows', async () => {
    own({ kind: 'settings', values: { ExternalEwsUrl: world.demo.ewsUrl } })
    expect((await connect()).result.ok).toBe(true)
  })

  it.each<[string, DemoAutodiscoverAnswer]>([
    ['the message', { kind: 'error', level: 'message', code: 'InvalidRequest' }],
    ['the user', { kind: 'error', level: 'user', code: 'InvalidUser' }],
    ['the settings', { kind: 'error', level: 'setting', code: 'SettingIsNotAvailable' }],
    ['the message, unknown', { kind: 'error', level: 'message', code: 'TokenRequired' }],
  ])('names the error code of %s, and goes on', async (_, answer) => {
    own(answer)
    const { result, steps } = await connect()
    expect(result.ok).toBe(false)
    expect(steps.some(({ detail }) => 'code' in answer && detail.includes(answer.code))).toBe(true)
    expect(steps.at(-1)?.name).toBe('srv-lookup')
  })

  it('comes back to a server that was busy', async () => {
    own({ kind: 'error', level: 'message', code: 'ServerBusy' }, { count: 1 })
    const { result, steps } = await connect()
    expect(result.ok).toBe(true)
    expect(steps.some(({ detail }) => detail.includes('busy'))).toBe(true)
  })

  it('finds the target of an SRV record', async () => {
    world.hideAutodiscover()
    const dns = await startTinyDns({
      '_autodiscover._tcp.fjordline.example': [
        { host: 'nobody.fjordline.example', port: 8443, priority: 0, weight: 0 },
        { host: OTHER, port: 443, priority: 5, weight: 0 },
      ],
    })
    try {
      expect(await connect({ network: { dnsServer: dns.server } })).toMatchObject({ at: OTHER, result: { ok: true } })
    } finally {
      await dns.close()
    }
  })

  it('takes the inside address where the outside one does not answer', async () => {
    const gone = 'https://gone.fjordline.example/EWS/Exchange.asmx'
    own({ kind: 'settings', values: { ExternalEwsUrl: gone, InternalEwsUrl: world.demo.ewsUrl } })
    const { result, steps } = await connect()
    expect(result).toMatchObject({ value: { endpoints: { ewsUrl: world.demo.ewsUrl } } })
    expect(steps.filter(({ name }) => name === 'ews-probe').map(({ outcome }) => outcome)).toEqual([
      'unreachable',
      'found',
    ])
  })
})

describe('Exchange Online’s lookup', () => {
  const online = (answer: DemoAutodiscoverAnswer) =>
    world.demo.script.answerAutodiscover({ host: ONLINE, service: 'json', answer, isBeforeSignIn: true })
  const body = JSON.stringify({ protocol: 'ews', URL: `https://${ONLINE}/EWS/Exchange.asmx` })

  it('is not asked unless that was allowed', async () => {
    world.hideAutodiscover()
    online({ kind: 'http', status: 200, body })
    await connect()
    expect(world.demo.requests().some(({ host }) => host === ONLINE)).toBe(false)
  })

  it('is asked without credentials, and its server gets them after consent only', async () => {
    world.hideAutodiscover()
    online({ kind: 'http', status: 200, body })
    const { result } = await connect({ isOnlineLookupAllowed: true })
    expect(result).toMatchObject({ error: { code: 'consent-needed', host: ONLINE } })
    expect(world.hostsWithCredentials()).toEqual([])
    const agreed = await connect({ isOnlineLookupAllowed: true, agreedHosts: [ONLINE] })
    expect(agreed.result).toMatchObject({ value: { endpoints: { ewsUrl: `https://${ONLINE}/EWS/Exchange.asmx` } } })
  })

  it('names its error, which comes as HTTP 400', async () => {
    world.hideAutodiscover()
    online({ kind: 'http', status: 400, body: JSON.stringify({ ErrorCode: 'InvalidProtocol', ErrorMessage: 'x' }) })
    const { steps } = await connect({ isOnlineLookupAllowed: true })
    expect(steps.find(({ name }) => name === 'autodiscover-json')?.detail).toBe('It says InvalidProtocol.')
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import type { NetworkOptions } from '../../src/main/core/connections/ports.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { createExchangeConnector } from '../../src/main/exchange/create-exchange-connector.ts'
import { describeError } from '../../src/shared/describe-error.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { silentLog } from '../support/manual-clock.ts'
import { startProxy } from '../support/start-proxy.ts'

const { signal } = new AbortController()
const running: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.close()
})

async function start(credentials: string | null, concurrency: number) {
  const demo = await startDemoExchange({ people: 20, schemes: ['ntlm'], requireChannelBinding: true })
  running.push(demo)
  const proxy = await startProxy(demo.port, credentials)
  running.push(proxy)
  const account = demo.accounts[0]
  const user = { userName: account?.userName ?? '', password: account?.password ?? '' }
  const endpoints = { ewsUrl: demo.ewsUrl, photosUrl: null, serverVersion: 'Exchange2016' }
  const open = (userInfo: string, changes: Partial<NetworkOptions> = {}) => {
    const network: NetworkOptions = {
      extraCaPem: [demo.caPem],
      resolveRules: [],
      dnsServer: null,
      concurrency,
      maxPhotoBytes: 20_000_000,
      log: silentLog,
      proxyFor: async () => new URL(`http://${userInfo}127.0.0.1:${proxy.port}`),
      ...changes,
    }
    const session = createExchangeConnector().openSession(endpoints, user, 'auto', network)
    running.push(session)
    return session
  }
  const ask = (session: ReturnType<typeof open>, index: number) =>
    session.photos.fetchPhoto({
      address: smtpAddressSchema.parse(demo.people[index]?.address),
      sizeCode: 'HR96x96',
      etag: null,
      signal,
    })
  return { demo, proxy, open, ask, user }
}

describe('a proxy', () => {
  it('opens one tunnel a connection, through which NTLM is bound to the server’s own TLS', async () => {
    const { demo, proxy, open, ask, user } = await start(null, 2)
    const session = open('')
    expect(await session.signIn(signal)).toMatchObject({ ok: true, value: { scheme: 'NTLM' } })
    const answers = await Promise.all([0, 1, 2, 3, 4, 5].map((index) => ask(session, index)))
    expect(answers.every(({ kind }) => kind !== 'failed')).toBe(true)
    expect(proxy.asked).toHaveLength(demo.connections())
    expect(demo.connections()).toBeLessThanOrEqual(2)
    expect(new Set(proxy.asked.map(({ target }) => target))).toEqual(new Set(['mail.fjordline.example:443']))
    expect(proxy.asked.every(({ authorization }) => authorization === undefined)).toBe(true)
    const seen = proxy.seen()
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.includes(user.password) || seen.includes('NTLM')).toBe(false)
  })

  it('gets its own user name and password, and nobody else does', async () => {
    const { proxy, open } = await start('robot:p@ss word', 1)
    const session = open('robot:p%40ss%20word@')
    expect(await session.signIn(signal)).toMatchObject({ ok: true })
    expect(proxy.asked[0]?.authorization).toBe(`Basic ${Buffer.from('robot:p@ss word').toString('base64')}`)
  })

  it('that refuses is named, and the server is not reached past it', async () => {
    const { demo, open } = await start('robot:secret', 1)
    const refused = await open('').signIn(signal)
    expect(refused).toMatchObject({ error: { code: 'unreachable', reason: 'PROXY_407' } })
    expect(refused.ok ? '' : describeError(refused.error).nextStep).toContain('HTTPS_PROXY')
    expect(demo.connections()).toBe(0)
  })

  it('that is not there is said to be unreachable', async () => {
    const { open } = await start(null, 1)
    const nobody = open('', { proxyFor: async () => new URL('http://127.0.0.1:1') })
    expect(await nobody.signIn(signal)).toMatchObject({ error: { code: 'unreachable', reason: 'ECONNREFUSED' } })
  })

  it('is passed by where the way to a host is given', async () => {
    const { demo, proxy, open } = await start(null, 1)
    expect(await open('', { resolveRules: demo.resolveRules }).signIn(signal)).toMatchObject({ ok: true })
    expect(proxy.asked).toEqual([])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NetworkOptions } from '../../src/main/core/connections/ports.ts'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { createExchangeConnector } from '../../src/main/exchange/create-exchange-connector.ts'
import { describeError } from '../../src/shared/describe-error.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { silentLog } from '../support/manual-clock.ts'
import { startTlsBridge, type TlsBridge } from '../support/tls-bridge.ts'

const { signal } = new AbortController()
const connector = createExchangeConnector()
const AUTODISCOVER = 'https://autodiscover.fjordline.example/autodiscover/autodiscover.svc'

/** The commonest set-up in which Extended Protection bites: a balancer with another certificate than Exchange's. */
describe('Extended Protection behind a balancer with another certificate', () => {
  let demo: DemoExchange
  let bridge: TlsBridge
  beforeAll(async () => {
    demo = await startDemoExchange({ people: 5, schemes: ['ntlm'], requireChannelBinding: true })
    bridge = await startTlsBridge(demo.port)
  })
  afterAll(async () => {
    await bridge.close()
    await demo.close()
  })

  /** EWS through the balancer, Autodiscover past it. */
  function networkOf(): NetworkOptions {
    return {
      extraCaPem: [demo.caPem, bridge.caPem],
      resolveRules: demo.resolveRules.map((rule) =>
        rule.host.startsWith('mail.') ? { ...rule, toPort: bridge.port } : rule,
      ),
      dnsServer: null,
      concurrency: 2,
      maxPhotoBytes: 1_000_000,
      log: silentLog,
    }
  }

  it('is named as the cause when the password was accepted elsewhere, after one failed logon', async () => {
    const [account] = demo.accounts
    const credentials = { userName: account?.userName ?? '', password: account?.password ?? '' }
    const address = smtpAddressSchema.parse(account?.address)
    const client = connector.createAutodiscoverClient(credentials, 'auto', networkOf())
    const found = await client.ask({ method: 'soap', url: AUTODISCOVER }, address, signal)
    await client.close()
    expect(found.kind).toBe('settings')

    const failedBefore = demo.failedLogons()
    const endpoints = { ewsUrl: demo.ewsUrl, photosUrl: null, serverVersion: 'Exchange2016' }
    const session = connector.openSession(endpoints, credentials, 'auto', networkOf())
    const refused = await session.signIn(signal)
    await session.close()
    expect(refused).toMatchObject({ ok: false, error: { code: 'unauthorized', hint: 'channel-binding' } })
    expect(refused.ok ? '' : describeError(refused.error).nextStep).toContain('Extended Protection')
    expect(demo.failedLogons() - failedBefore).toBe(1)
  })

  it('is named as a possible cause beside the password when nothing is known of the password', async () => {
    const [account] = demo.accounts
    const credentials = { userName: account?.userName ?? '', password: account?.password ?? '' }
    const endpoints = { ewsUrl: demo.ewsUrl, photosUrl: null, serverVersion: 'Exchange2016' }
    const session = connector.openSession(endpoints, credentials, 'auto', networkOf())
    const refused = await session.signIn(signal)
    await session.close()
    expect(refused).toMatchObject({ error: { code: 'unauthorized', hint: 'wrong-password', scheme: 'ntlm' } })
    const words = refused.ok ? '' : describeError(refused.error).nextStep
    expect(words).toContain('user name and password')
    expect(words).toContain('Extended Protection')
  })
})

import { describe, expect, it } from 'vitest'
import { discover } from '../../../../src/main/core/connections/discover.ts'
import type { AutodiscoverAnswer, SrvTarget } from '../../../../src/main/core/connections/ports.ts'
import { smtpAddressSchema } from '../../../../src/shared/smtp-address.ts'
import { createManualClock } from '../../../support/manual-clock.ts'

const ADDRESS = smtpAddressSchema.parse('anna@contoso.com')
const ENDPOINTS = {
  ewsUrl: 'https://mail.contoso.com/EWS/Exchange.asmx',
  photosUrl: null,
  serverVersion: 'Exchange2016',
}
const FOUND: AutodiscoverAnswer = { kind: 'settings', status: 200, endpoints: ENDPOINTS }
const NOTHING: AutodiscoverAnswer = { kind: 'nothing-here', status: 404, detail: 'No.' }
const OFFLINE: AutodiscoverAnswer = {
  kind: 'failed',
  status: null,
  error: { code: 'unreachable', endpoint: 'https://contoso.com', reason: 'ENOTFOUND' },
}
const refused = (hint: 'wrong-password' | 'scheme-not-offered'): AutodiscoverAnswer => ({
  kind: 'failed',
  status: 401,
  error: { code: 'unauthorized', endpoint: 'https://contoso.com', hint },
})
const toUrl = (url: string): AutodiscoverAnswer => ({ kind: 'redirect-url', status: 302, url })
const toAddress = (address: string): AutodiscoverAnswer => ({ kind: 'redirect-address', status: 200, address })

/** Discovers against scripted answers; what is not scripted is not there. */
async function run(answers: Record<string, AutodiscoverAnswer>, srv: SrvTarget[] = [], fallback = NOTHING) {
  const asked: string[] = []
  const told: string[] = []
  const discovery = await discover({
    address: ADDRESS,
    signal: new AbortController().signal,
    clock: createManualClock(),
    onStep: (step) => told.push(step.name),
    client: {
      async ask({ method, url }, address) {
        const short = url.replace('/autodiscover/autodiscover', '')
        asked.push(`${method} ${short}${address === ADDRESS ? '' : ` as ${address}`}`)
        return answers[short] ?? fallback
      },
      resolveSrv: async () => srv,
    },
  })
  return { ...discovery, asked, told }
}

describe('discover', () => {
  it('asks every place in its order, and then says where it looked', async () => {
    const { asked, result, told, steps } = await run({})
    expect(asked).toEqual([
      'soap https://contoso.com.svc',
      'pox https://contoso.com.xml',
      'soap https://autodiscover.contoso.com.svc',
      'pox https://autodiscover.contoso.com.xml',
      'http-redirect http://autodiscover.contoso.com.xml',
    ])
    expect(result).toMatchObject({
      error: { code: 'server-not-found', address: ADDRESS, tried: ['contoso.com', 'autodiscover.contoso.com'] },
    })
    expect(told).toEqual(steps.map((step) => step.name))
    expect(told.at(-1)).toBe('srv-lookup')
  })

  it('stops at the first place that answers', async () => {
    const { asked, result, steps } = await run({ 'https://contoso.com.svc': FOUND })
    expect(result).toEqual({ ok: true, value: ENDPOINTS })
    expect(asked).toHaveLength(1)
    expect(steps).toMatchObject([{ name: 'autodiscover-soap', outcome: 'found', status: 200 }])
  })

  it('asks in the older form only where a server answered', async () => {
    const { asked } = await run({ 'https://contoso.com.svc': OFFLINE, 'https://autodiscover.contoso.com.xml': FOUND })
    expect(asked).toEqual([
      'soap https://contoso.com.svc',
      'soap https://autodiscover.contoso.com.svc',
      'pox https://autodiscover.contoso.com.xml',
    ])
  })

  it('shows a refused password to nobody else', async () => {
    const { asked, result } = await run({ 'https://contoso.com.svc': refused('wrong-password') })
    expect(asked).toHaveLength(1)
    expect(result).toMatchObject({ error: { code: 'unauthorized', hint: 'wrong-password' } })
  })

  it('goes on where only the scheme did not fit, and says so when nothing else is found', async () => {
    const answers = { 'https://contoso.com.svc': refused('scheme-not-offered') }
    expect((await run({ ...answers, 'https://autodiscover.contoso.com.svc': FOUND })).result.ok).toBe(true)
    expect((await run(answers)).result).toMatchObject({ error: { hint: 'scheme-not-offered' } })
  })

  it('follows the http redirect to a host of the domain, SOAP first', async () => {
    const { asked, result } = await run({
      'http://autodiscover.contoso.com.xml': toUrl('https://mail.contoso.com/autodiscover/autodiscover.xml'),
      'https://mail.contoso.com.xml': FOUND,
    })
    expect(asked.slice(-2)).toEqual(['soap https://mail.contoso.com.svc', 'pox https://mail.contoso.com.xml'])
    expect(result.ok).toBe(true)
  })

  it('asks nothing of a host outside the domain, whoever points there', async () => {
    const evil = 'https://evil.example/autodiscover/autodiscover.xml'
    const { asked, result, steps } = await run(
      {
        'https://contoso.com.svc': toUrl(evil),
        'http://autodiscover.contoso.com.xml': toUrl(evil),
        'https://autodiscover.contoso.com.svc': toAddress('anna@evil.example'),
      },
      [{ host: 'autodiscover.evil.example', port: 443, priority: 0, weight: 0 }],
    )
    expect(asked.filter((one) => one.includes('evil'))).toEqual([])
    expect(steps.filter((step) => step.outcome === 'refused')).toHaveLength(4)
    expect(result).toMatchObject({ error: { code: 'redirect-refused' } })
  })

  it('starts over with a new address of the same organisation', async () => {
    const { asked, result } = await run({
      'https://contoso.com.svc': toAddress('Anna@eu.contoso.com'),
      'https://eu.contoso.com.svc': FOUND,
    })
    expect(asked).toEqual(['soap https://contoso.com.svc', 'soap https://eu.contoso.com.svc as anna@eu.contoso.com'])
    expect(result.ok).toBe(true)
  })

  it('ends when two places point at each other', async () => {
    const { asked } = await run({
      'https://contoso.com.svc': toUrl('https://a.contoso.com/autodiscover/autodiscover.svc'),
      'https://a.contoso.com.svc': toUrl('https://contoso.com/autodiscover/autodiscover.svc'),
    })
    expect(new Set(asked).size).toBe(asked.length)
  })

  it('ends after ten redirects', async () => {
    let count = 0
    const next = () => toUrl(`https://h${++count}.contoso.com/autodiscover/autodiscover.svc`)
    const answers = new Proxy<Record<string, AutodiscoverAnswer>>(
      {},
      { get: (_, key) => (String(key).startsWith('https') ? next() : NOTHING) },
    )
    const { asked, steps } = await run(answers)
    expect(steps.some((step) => step.detail.includes('more than 10'))).toBe(true)
    expect(asked.length).toBeLessThan(20)
  })

  it('asks the targets of the SRV record in their order', async () => {
    const target = (host: string, priority: number) => ({ host, port: 443, priority, weight: 0 })
    const { asked } = await run({ 'https://first.contoso.com.svc': OFFLINE }, [
      target('second.contoso.com', 2),
      target('first.contoso.com', 1),
    ])
    expect(asked.slice(-3)).toEqual([
      'soap https://first.contoso.com.svc',
      'soap https://second.contoso.com.svc',
      'pox https://second.contoso.com.xml',
    ])
  })

  it('blames the certificate of the autodiscover host, not that of the web site', async () => {
    const untrusted = (host: string): AutodiscoverAnswer => ({
      kind: 'failed',
      status: null,
      error: { code: 'certificate-untrusted', endpoint: `https://${host}`, reason: 'SELF_SIGNED_CERT_IN_CHAIN' },
    })
    const site = { 'https://contoso.com.svc': untrusted('contoso.com') }
    expect((await run(site)).result).toMatchObject({ error: { code: 'server-not-found' } })
    const both = { ...site, 'https://autodiscover.contoso.com.svc': untrusted('autodiscover.contoso.com') }
    expect((await run(both)).result).toMatchObject({ error: { code: 'certificate-untrusted' } })
  })

  it('ends at once when it is cancelled', async () => {
    const { signal } = { signal: AbortSignal.abort() }
    const client = { ask: async () => FOUND, resolveSrv: async () => [] }
    const { result, steps } = await discover({
      address: ADDRESS,
      signal,
      clock: createManualClock(),
      onStep: () => {},
      client,
    })
    expect(result).toEqual({ ok: false, error: { code: 'cancelled' } })
    expect(steps).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { type DiscoverOptions, discover } from '../../../../src/main/core/connections/discover.ts'
import type { AutodiscoverAnswer, ProbeAnswer, SrvTarget } from '../../../../src/main/core/connections/ports.ts'
import { smtpAddressSchema } from '../../../../src/shared/smtp-address.ts'
import { createManualClock } from '../../../support/manual-clock.ts'

const ADDRESS = smtpAddressSchema.parse('anna@contoso.com')
const ENDPOINTS = {
  ewsUrl: 'https://mail.contoso.com/EWS/Exchange.asmx',
  photosUrl: null,
  serverVersion: 'Exchange2016',
}
const found = (ewsUrl: string | null, internal: string | null = null, photosUrl: string | null = null) =>
  ({
    kind: 'settings',
    status: 200,
    settings: {
      external: { ewsUrl, photosUrl },
      internal: { ewsUrl: internal, photosUrl: null },
      serverVersion: 'Exchange2016',
    },
  }) satisfies AutodiscoverAnswer
const FOUND = found(ENDPOINTS.ewsUrl)
const NOTHING: AutodiscoverAnswer = { kind: 'nothing-here', status: 404, detail: 'No.' }
const OFFLINE: AutodiscoverAnswer = {
  kind: 'failed',
  status: null,
  error: { code: 'unreachable', endpoint: 'https://contoso.com', reason: 'ENOTFOUND' },
}
const CERTIFICATE = {
  ...{ subject: 'CN=x', issuer: 'CN=ca', names: ['x'], validFromMs: 0, validToMs: 1, sha256: 'AB:CD' },
}
const EVIDENCE = {
  ...{ resolvedAddress: '192.0.2.1', tlsVersion: 'TLSv1.3', certificate: CERTIFICATE },
  ...{ offeredSchemes: ['ntlm'], serverHeaders: [] },
}
const refused = (hint: 'wrong-password' | 'scheme-not-offered'): AutodiscoverAnswer => ({
  kind: 'failed',
  status: 401,
  error: { code: 'unauthorized', endpoint: 'https://contoso.com', hint },
})
const toUrl = (url: string): AutodiscoverAnswer => ({ kind: 'redirect-url', status: 302, url })
const toAddress = (address: string): AutodiscoverAnswer => ({ kind: 'redirect-address', status: 200, address })

/** Discovers against scripted answers; what is not scripted is not there. */
async function run(
  answers: Record<string, AutodiscoverAnswer | AutodiscoverAnswer[]>,
  srv: SrvTarget[] = [],
  { probes = {}, ...more }: Partial<DiscoverOptions> & { probes?: Record<string, ProbeAnswer> } = {},
) {
  const asked: string[] = []
  const probed: string[] = []
  const told: string[] = []
  const discovery = await discover({
    address: ADDRESS,
    signal: new AbortController().signal,
    clock: createManualClock(),
    random: () => 0,
    ...more,
    onStep: (step) => told.push(step.name),
    client: {
      async probe(url) {
        probed.push(url)
        return probes[url] ?? { status: 401, error: null, evidence: EVIDENCE }
      },
      async ask({ method, url }, address) {
        const short = url.replace('/autodiscover/autodiscover', '')
        asked.push(`${method} ${short}${address === ADDRESS ? '' : ` as ${address}`}`)
        const answer = answers[short]
        return (Array.isArray(answer) ? answer.shift() : answer) ?? NOTHING
      },
      resolveSrv: async () => srv,
    },
  })
  return { ...discovery, asked, probed, told }
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

  it('gives a host outside the domain no credentials, whoever points there, and asks for consent', async () => {
    const evil = 'https://evil.example/autodiscover/autodiscover.xml'
    const { asked, probed, result, steps } = await run(
      {
        'https://contoso.com.svc': toUrl(evil),
        'http://autodiscover.contoso.com.xml': toUrl(evil),
        'https://autodiscover.contoso.com.svc': toAddress('anna@evil.example'),
      },
      [{ host: 'autodiscover.evil.example', port: 443, priority: 0, weight: 0 }],
    )
    expect(asked.filter((one) => one.includes('evil'))).toEqual([])
    expect(probed.map((url) => new URL(url).hostname)).toEqual(['evil.example', 'autodiscover.evil.example'])
    expect(steps.filter((step) => step.name === 'consent' && step.outcome === 'refused')).toHaveLength(2)
    expect(result).toMatchObject({
      error: { code: 'consent-needed', host: 'evil.example', certificate: { sha256: 'AB:CD' } },
    })
  })

  it('goes on to a host outside the domain once a person has agreed to it', async () => {
    const answers = {
      'http://autodiscover.contoso.com.xml': toUrl('https://host.example/autodiscover/autodiscover.xml'),
      'https://host.example.svc': found('https://host.example/EWS/Exchange.asmx'),
    }
    const { asked, result } = await run(answers, [], { agreedHosts: ['Host.example'] })
    expect(asked).toContain('soap https://host.example.svc')
    expect(result).toMatchObject({ ok: true, value: { ewsUrl: 'https://host.example/EWS/Exchange.asmx' } })
  })

  it('needs consent for an EWS address outside the domain, too, and leaves such a photos address aside', async () => {
    const outside = await run({ 'https://contoso.com.svc': found('https://evil.example/EWS/Exchange.asmx') })
    expect(outside.result).toMatchObject({ error: { code: 'consent-needed', host: 'evil.example' } })
    const photos = await run({
      'https://contoso.com.svc': found(ENDPOINTS.ewsUrl, null, 'https://evil.example/EWS/Exchange.asmx'),
    })
    expect(photos.result).toEqual({ ok: true, value: ENDPOINTS })
  })

  it('does not offer a host for consent that cannot prove its name', async () => {
    const error = { code: 'certificate-untrusted', endpoint: 'https://evil.example', reason: 'X' } as const
    const { result } = await run(
      { 'http://autodiscover.contoso.com.xml': toUrl('https://evil.example/autodiscover/autodiscover.xml') },
      [],
      { probes: { 'https://evil.example/autodiscover/autodiscover.xml': { status: null, error } } },
    )
    expect(result).toMatchObject({ error: { code: 'certificate-untrusted' } })
  })

  it('takes the outside address when it answers, else the inside one', async () => {
    const inside = 'https://inside.contoso.com/EWS/Exchange.asmx'
    const answers = { 'https://contoso.com.svc': found(ENDPOINTS.ewsUrl, inside) }
    const first = await run(answers)
    expect(first.result).toMatchObject({ value: { ewsUrl: ENDPOINTS.ewsUrl } })
    expect(first.probed).toEqual([ENDPOINTS.ewsUrl])
    const error = { code: 'unreachable', endpoint: 'https://mail.contoso.com', reason: 'ENOTFOUND' } as const
    const second = await run(answers, [], { probes: { [ENDPOINTS.ewsUrl]: { status: null, error } } })
    expect(second.result).toMatchObject({ value: { ewsUrl: inside } })
    expect(second.told).toEqual(['autodiscover-soap', 'ews-probe', 'ews-probe'])
  })

  it('asks first where Autodiscover answered last time, and says where it answered', async () => {
    const lastUrl = 'https://mail.contoso.com/autodiscover/autodiscover.xml'
    const { asked, autodiscoverUrl } = await run({ 'https://mail.contoso.com.xml': FOUND }, [], { lastUrl })
    expect(asked).toEqual(['soap https://mail.contoso.com.svc', 'pox https://mail.contoso.com.xml'])
    expect(autodiscoverUrl).toBe(lastUrl)
    const outside = await run({}, [], { lastUrl: 'https://evil.example/autodiscover/autodiscover.xml' })
    expect(outside.asked.filter((one) => one.includes('evil'))).toEqual([])
  })

  it('asks a busy server again when all others have had their turn', async () => {
    const busy: AutodiscoverAnswer = {
      kind: 'failed',
      status: 503,
      error: { code: 'throttled', endpoint: 'https://contoso.com', retryAfterMs: 1 },
    }
    const { asked, result } = await run({ 'https://contoso.com.svc': [busy, FOUND] })
    expect(asked.filter((one) => one === 'soap https://contoso.com.svc')).toHaveLength(2)
    expect(asked.at(-1)).toBe('soap https://contoso.com.svc')
    expect(result.ok).toBe(true)
    const always = await run({ 'https://contoso.com.svc': busy })
    expect(always.result).toMatchObject({ error: { code: 'throttled' } })
  })

  it('does not ask in the older form where the newer one was spoken', async () => {
    const { asked } = await run({ 'https://contoso.com.svc': { ...NOTHING, isSpoken: true } })
    expect(asked).not.toContain('pox https://contoso.com.xml')
  })

  it('asks Exchange Online’s lookup only when that was allowed, and last', async () => {
    expect((await run({})).asked.filter((one) => one.startsWith('json'))).toEqual([])
    const { asked } = await run({}, [], { isJsonAllowed: true })
    expect(asked.at(-1)).toMatch(/^json https:\/\/outlook\.office365\.com.*Email=anna%40contoso\.com&Protocol=EWS/)
  })

  it('follows a redirect of the lookup to the organisation’s own host only', async () => {
    const start = 'https://outlook.office365.com.json?Email=anna%40contoso.com&Protocol=EWS&RedirectCount=1'
    const own = 'https://mail.contoso.com/autodiscover/autodiscover.json?Email=a'
    const options = { isJsonAllowed: true }
    const good = await run({ [start]: toUrl(own), 'https://mail.contoso.com.json?Email=a': FOUND }, [], options)
    expect(good.result.ok).toBe(true)
    expect(good.autodiscoverUrl).toBeNull()
    const bad = await run({ [start]: toUrl(own.replace('contoso', 'evil')) }, [], options)
    expect(bad.asked.filter((one) => one.includes('evil'))).toEqual([])
  })

  it('drops the old domain’s places once a server has named another address', async () => {
    const { asked, result } = await run({ 'https://contoso.com.svc': toAddress('anna@eu.contoso.com') })
    expect(asked.filter((one) => one.includes('https://autodiscover.contoso.com'))).toEqual([])
    expect(result.ok).toBe(false)
  })

  it('asks nothing below a host that was agreed to, even when an address there is named', async () => {
    const answers = { 'https://contoso.com.svc': toAddress('anna@autodiscover.host.example') }
    const { asked } = await run(answers, [], { agreedHosts: ['host.example'] })
    expect(asked.filter((one) => one.startsWith('soap'))).toEqual([
      'soap https://contoso.com.svc',
      'soap https://autodiscover.host.example.svc as anna@autodiscover.host.example',
    ])
  })

  it.each(['anna@evil.example/.contoso.com', 'anna@evil.example#.contoso.com', 'anna@evil.example:1/.contoso.com'])(
    'is not led away by the address %s',
    async (address) => {
      const { asked, probed } = await run({ 'https://contoso.com.svc': toAddress(address) })
      expect([...asked, ...probed].filter((one) => one.includes('evil'))).toEqual([])
    },
  )

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

  describe('with a directory of the organisation', () => {
    type Named = NonNullable<DiscoverOptions['connectionPoints']>
    const names = (...urls: string[]): Named => ({
      places: { servers: [{ host: 'dc1.contoso.com', port: 636, isStartTls: false, base: '' }], isTyped: true },
      read: async () => ({
        kind: 'points',
        site: null,
        points: urls.map((url) => ({ keywords: ['77378F46-2C66-4aa9-A6A6-3E7A48B19596'], bindings: [url] })),
      }),
    })
    const INSIDE = 'https://mail.corp.contoso.com/EWS/Exchange.asmx'
    const BOTH = found(ENDPOINTS.ewsUrl, INSIDE)
    const point = 'https://in.contoso.com/Autodiscover/Autodiscover.xml'

    it('asks what that names after the last place and before all others, and prefers the inside there', async () => {
      const last = 'https://last.contoso.com/autodiscover/autodiscover.svc'
      const answers = { 'https://in.contoso.com/Autodiscover/Autodiscover.svc': BOTH }
      const { asked, result, told, ...rest } = await run(answers, [], { connectionPoints: names(point), lastUrl: last })
      expect(asked).toEqual([
        'soap https://last.contoso.com.svc',
        'pox https://last.contoso.com.xml',
        'soap https://in.contoso.com/Autodiscover/Autodiscover.svc',
      ])
      expect(told.slice(2)).toEqual(['scp-lookup', 'autodiscover-soap', 'ews-probe'])
      expect(result).toMatchObject({ value: { ewsUrl: INSIDE } })
      expect(rest).toMatchObject({ isInside: true })
    })

    it('prefers the inside again at the place that it named last time, and the outside everywhere else', async () => {
      const lastUrl = 'https://contoso.com/autodiscover/autodiscover.svc'
      const answers = { 'https://contoso.com.svc': BOTH }
      expect((await run(answers, [], { lastUrl, isLastInside: true })).result).toMatchObject({
        value: { ewsUrl: INSIDE },
      })
      const outside = await run(answers, [], { connectionPoints: names() })
      expect(outside.result).toMatchObject({ value: { ewsUrl: ENDPOINTS.ewsUrl } })
      expect(outside.isInside).toBe(false)
    })

    it('goes on to the next URL, and to the usual places, where one answers with an error', async () => {
      const { asked } = await run({}, [], {
        connectionPoints: names(point, 'https://in2.contoso.com/autodiscover/autodiscover.xml'),
      })
      expect(asked.filter((line) => line.startsWith('soap'))).toEqual([
        'soap https://in.contoso.com/Autodiscover/Autodiscover.svc',
        'soap https://in2.contoso.com.svc',
        'soap https://contoso.com.svc',
        'soap https://autodiscover.contoso.com.svc',
      ])
    })

    it('follows nothing that it names without https, and asks before it leaves the mail domain', async () => {
      const evil = names(
        'http://in.contoso.com/autodiscover/autodiscover.xml',
        'https://evil.example/autodiscover/autodiscover.xml',
      )
      const { asked, probed, result } = await run({}, [], { connectionPoints: evil })
      expect(asked.some((line) => line.includes('evil') || line.includes('//in.'))).toBe(false)
      expect(probed).toEqual(['https://evil.example/autodiscover/autodiscover.xml'])
      expect(result).toMatchObject({
        error: { code: 'consent-needed', endpoint: 'Active Directory', host: 'evil.example' },
      })
    })

    it('ends when the directory refuses the password', async () => {
      const connectionPoints: Named = {
        ...names(),
        read: async () => ({
          kind: 'failed',
          error: { code: 'unauthorized', endpoint: 'ldaps://dc1.contoso.com', hint: 'wrong-password' },
        }),
      }
      const { asked, result } = await run({}, [], { connectionPoints })
      expect(asked).toEqual([])
      expect(result).toMatchObject({ error: { code: 'unauthorized', endpoint: 'ldaps://dc1.contoso.com' } })
    })
  })

  it('ends at once when it is cancelled', async () => {
    const { signal } = { signal: AbortSignal.abort() }
    const client = {
      ask: async () => FOUND,
      probe: async () => ({ status: 401, error: null }),
      resolveSrv: async () => [],
    }
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

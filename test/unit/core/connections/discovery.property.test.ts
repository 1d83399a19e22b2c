import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discover } from '../../../../src/main/core/connections/discover.ts'
import { isTrustedHost, judgeRedirect } from '../../../../src/main/core/connections/judge-redirect.ts'
import type { AutodiscoverAnswer, ProbeAnswer, SrvTarget } from '../../../../src/main/core/connections/ports.ts'
import { smtpAddressSchema } from '../../../../src/shared/smtp-address.ts'
import { createManualClock } from '../../../support/manual-clock.ts'

/** A campaign of 100,000 cases where the long tests run, else what takes a few seconds. */
const isLong = process.env['ROLLCALL_TEST_LONG'] !== undefined
const RUNS = isLong ? 100_000 : 1_500
const TIMEOUT_MS = isLong ? 600_000 : 20_000

const ADDRESS = smtpAddressSchema.parse('anna@contoso.com')

/** The rule, written a second time and more simply: the domain, what is below it, and what was agreed to. */
const isAllowed = (host: string, agreed: readonly string[]) =>
  host === 'contoso.com' ||
  host.endsWith('.contoso.com') ||
  agreed.some((name) => host === name || host === `autodiscover.${name}`)

const HOSTS = [
  ...['contoso.com', 'autodiscover.contoso.com', 'mail.contoso.com', 'Mail.Contoso.Com', 'evil.example'],
  ...['host.example', 'autodiscover.host.example', 'contoso.com.evil.example', 'xcontoso.com', 'com', '127.0.0.1'],
  ...['[::1]', 'contoso.com.', 'evil.example/.contoso.com', 'evil.example#.contoso.com', 'contoso.com@evil.example'],
  ...['evil.example\\.contoso.com', 'evil.example:443', 'mail.contoso.com:444', '', 'a b', 'xn--mller-kva.example'],
]
const host = fc.oneof(
  fc.constantFrom(...HOSTS),
  fc.webUrl().map((url) => new URL(url).host),
)
const url = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('https://', 'https://', 'https://', 'http://', 'HTTPS:\\\\', '//', 'javascript:', 'file:///'),
      fc.constantFrom('', '', '', 'user:secret@', 'contoso.com@'),
      host,
      fc.constantFrom(
        ...['/autodiscover/autodiscover.svc', '/autodiscover/autodiscover.xml', '/Autodiscover/x/Autodiscover.xml'],
        ...['/autodiscover/autodiscover.json?Email=a', '/EWS/Exchange.asmx', '/', '/owa/auth/logon.aspx'],
      ),
    )
    .map((parts) => parts.join('')),
  fc.string({ maxLength: 40 }),
)
/** Only https URLs reach the core: the reader of the answers lets no other pass. */
const ewsUrl = url.filter((text) => URL.canParse(text) && new URL(text).protocol === 'https:')
const urls = fc.record({ ewsUrl: fc.option(ewsUrl), photosUrl: fc.option(ewsUrl) })

const answer: fc.Arbitrary<AutodiscoverAnswer> = fc.oneof(
  { arbitrary: fc.constant<AutodiscoverAnswer>({ kind: 'nothing-here', status: 404, detail: 'No.' }), weight: 3 },
  {
    arbitrary: url.map((target): AutodiscoverAnswer => ({ kind: 'redirect-url', status: 302, url: target })),
    weight: 4,
  },
  {
    arbitrary: fc
      .tuple(fc.constantFrom('anna', 'other', ''), host)
      .map(([user, at]): AutodiscoverAnswer => ({ kind: 'redirect-address', status: 200, address: `${user}@${at}` })),
    weight: 2,
  },
  fc
    .record({ external: urls, internal: urls })
    .filter(({ external, internal }) => external.ewsUrl !== null || internal.ewsUrl !== null)
    .map(
      (settings): AutodiscoverAnswer => ({
        kind: 'settings',
        status: 200,
        settings: { ...settings, serverVersion: 'Exchange2016' },
      }),
    ),
  fc.constantFrom<AutodiscoverAnswer>(
    ...(
      [
        { code: 'throttled', endpoint: 'https://x', retryAfterMs: 1 },
        { code: 'unreachable', endpoint: 'https://x', reason: 'ENOTFOUND' },
        { code: 'unauthorized', endpoint: 'https://x', hint: 'wrong-password' },
        { code: 'unauthorized', endpoint: 'https://x', hint: 'scheme-not-offered' },
        { code: 'certificate-untrusted', endpoint: 'no URL', reason: 'X' },
      ] as const
    ).map((error) => ({ kind: 'failed', status: null, error }) as const),
  ),
)
const target: fc.Arbitrary<SrvTarget> = fc.record({
  ...{ host, port: fc.constantFrom(443, 443, 80), priority: fc.nat(3), weight: fc.nat(3) },
})
const probe: fc.Arbitrary<ProbeAnswer> = fc.constantFrom<ProbeAnswer>(
  { status: 401, error: null },
  { status: 200, error: null },
  { status: null, error: { code: 'unreachable', endpoint: '', reason: 'ENOTFOUND' } },
  { status: null, error: { code: 'certificate-untrusted', endpoint: '', reason: 'X' } },
)

describe('discovery in any world', () => {
  it(
    'ends, gives credentials to allowed hosts over https only, asks no URL twice and follows ten redirects at most',
    async () => {
      const world = fc.record({
        answers: fc.array(answer, { minLength: 1, maxLength: 12 }),
        srv: fc.array(target, { maxLength: 3 }),
        probes: fc.array(probe, { minLength: 1, maxLength: 3 }),
        agreedHosts: fc.subarray(['host.example', 'Host.example.', '', 'a/b']),
        lastUrl: fc.option(url),
        isJsonAllowed: fc.boolean(),
      })
      await fc.assert(
        fc.asyncProperty(world, async ({ answers, srv, probes, ...options }) => {
          const asked: { method: string; url: URL; key: string }[] = []
          let at = 0
          const { steps, result } = await discover({
            ...{ address: ADDRESS, signal: new AbortController().signal, clock: createManualClock() },
            ...{ onStep: () => {}, random: () => 0.5, ...options },
            client: {
              async ask(candidate, address) {
                const key = `${candidate.url} ${address}`
                asked.push({ method: candidate.method, url: new URL(candidate.url), key })
                return answers[at++ % answers.length] ?? { kind: 'nothing-here', status: null, detail: '' }
              },
              probe: async () => probes[at++ % probes.length] ?? { status: null, error: null },
              resolveSrv: async () => srv,
            },
          })
          const agreed = options.agreedHosts.includes('host.example') || options.agreedHosts.includes('Host.example.')
          const may = (name: string) => isAllowed(name.toLowerCase().replace(/\.$/, ''), agreed ? ['host.example'] : [])
          for (const { method, url: to } of asked) {
            expect(to.username + to.password).toBe('')
            if (method === 'http-redirect' || method === 'json') continue
            expect(to.protocol).toBe('https:')
            expect(may(to.hostname), to.href).toBe(true)
          }
          // A busy place is asked once more; nothing is asked a third time.
          const counts = Map.groupBy(asked, ({ key }) => key)
          for (const [, times] of counts) expect(times.length).toBeLessThanOrEqual(2)
          expect(asked.length).toBeLessThan(120)
          expect(steps.filter(({ outcome }) => outcome === 'redirected').length).toBeLessThan(60)
          if (!result.ok) return
          expect(may(new URL(result.value.ewsUrl).hostname)).toBe(true)
          if (result.value.photosUrl !== null) expect(may(new URL(result.value.photosUrl).hostname)).toBe(true)
        }),
        { numRuns: RUNS },
      )
    },
    TIMEOUT_MS,
  )

  it(
    'judges a redirect as the simple rule does',
    () => {
      const agreedHosts = new Set(['host.example'])
      const trust = { mailDomain: 'contoso.com', agreedHosts }
      fc.assert(
        fc.property(url, (text) => {
          const verdict = judgeRedirect(text, trust)
          if (verdict.kind === 'refuse') return
          expect(verdict.url.protocol).toBe('https:')
          expect(verdict.url.username + verdict.url.password + verdict.url.search + verdict.url.hash).toBe('')
          const name = verdict.url.hostname.replace(/\.$/, '')
          expect(isAllowed(name, ['host.example'])).toBe(verdict.kind === 'follow')
          expect(isTrustedHost(name, trust)).toBe(verdict.kind === 'follow')
        }),
        { numRuns: RUNS },
      )
    },
    TIMEOUT_MS,
  )
})

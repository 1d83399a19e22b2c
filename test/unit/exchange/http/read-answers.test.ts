import { describe, expect, it } from 'vitest'
import type { TicketSource } from '../../../../src/main/core/connections/ports.ts'
import { chooseScheme } from '../../../../src/main/exchange/http/choose-scheme.ts'
import { BodyTooLong, nameNetworkError } from '../../../../src/main/exchange/http/name-network-error.ts'
import { nameRefusal } from '../../../../src/main/exchange/http/name-refusal.ts'
import { readChallenges } from '../../../../src/main/exchange/http/read-challenges.ts'
import { readFreshUntil } from '../../../../src/main/exchange/http/read-freshness.ts'
import {
  DEFAULT_BACK_OFF_MS,
  readBackOffMs,
  readRetryAfter,
} from '../../../../src/main/exchange/http/read-retry-after.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const URL_ASKED = new URL('https://mail.contoso.com/EWS/Exchange.asmx?x=1')
const ENDPOINT = 'https://mail.contoso.com'

function reply(status: number, headers: Record<string, string | string[]> = {}) {
  return { status, headers, body: new Uint8Array() }
}

describe('readChallenges', () => {
  it('reads offers in separate headers and in one', () => {
    const headers = { 'www-authenticate': ['Negotiate', 'NTLM TlRM', 'Basic realm="a, b", NTLM'] }
    expect(readChallenges(reply(401, headers)).map((one) => one.scheme)).toEqual(['negotiate', 'ntlm', 'basic', 'ntlm'])
    expect(readChallenges(reply(401, headers))[1]?.token).toBe('TlRM')
  })

  it('does not take a parameter for a scheme', () => {
    const header = 'Bearer client_id="1", trusted_issuers="x@y", authorization_uri="https://z"'
    expect(readChallenges(reply(401, { 'www-authenticate': header })).map((one) => one.scheme)).toEqual(['bearer'])
  })

  it('finds no offer where there is none', () => {
    expect(readChallenges(reply(401))).toEqual([])
  })
})

describe('chooseScheme', () => {
  const tickets = (canUsePassword: boolean): TicketSource => ({
    canUsePassword,
    begin: async () => ({ kind: 'no-ticket' }),
  })
  const withPassword = { password: 'x' }
  const withBoth = { password: 'x', tickets: tickets(false) }
  const onWindows = { password: 'x', tickets: tickets(true) }
  const withTicket = { password: '', tickets: tickets(false) }
  const use = (scheme: string) => ({ kind: 'use', scheme })

  it.each([
    { offered: ['negotiate', 'ntlm', 'basic'], choice: 'auto', has: withPassword, means: use('ntlm') },
    { offered: ['negotiate', 'ntlm', 'basic'], choice: 'auto', has: withBoth, means: use('ntlm') },
    { offered: ['negotiate', 'ntlm', 'basic'], choice: 'auto', has: withTicket, means: use('negotiate') },
    { offered: ['negotiate', 'basic'], choice: 'auto', has: onWindows, means: use('negotiate') },
    { offered: ['negotiate', 'basic'], choice: 'auto', has: withBoth, means: { kind: 'not-offered' } },
    { offered: ['negotiate', 'basic'], choice: 'auto', has: withPassword, means: { kind: 'not-offered' } },
    { offered: ['basic'], choice: 'auto', has: withPassword, means: use('basic') },
    { offered: ['basic'], choice: 'auto', has: withTicket, means: { kind: 'no-password' } },
    { offered: ['ntlm'], choice: 'auto', has: withTicket, means: { kind: 'no-password' } },
    { offered: ['ntlm', 'bearer'], choice: 'auto', has: withPassword, means: use('ntlm') },
    { offered: ['ntlm', 'bearer'], choice: 'auto', has: withTicket, means: use('bearer') },
    { offered: ['bearer', 'basic'], choice: 'auto', has: withPassword, means: use('bearer') },
    { offered: ['ntlm', 'bearer'], choice: 'bearer', has: withTicket, means: use('bearer') },
    { offered: ['basic'], choice: 'bearer', has: withPassword, means: { kind: 'not-offered' } },
    { offered: [], choice: 'auto', has: withPassword, means: { kind: 'not-offered' } },
    { offered: ['ntlm', 'basic'], choice: 'basic', has: withPassword, means: use('basic') },
    { offered: ['negotiate', 'ntlm'], choice: 'negotiate', has: withBoth, means: use('negotiate') },
    { offered: ['ntlm'], choice: 'negotiate', has: withBoth, means: { kind: 'not-offered' } },
    { offered: ['basic'], choice: 'ntlm', has: withPassword, means: { kind: 'not-offered' } },
    { offered: ['ntlm'], choice: 'ntlm', has: withTicket, means: { kind: 'no-password' } },
  ] as const)('with $choice takes of $offered: $means', ({ offered, choice, has, means }) => {
    expect(chooseScheme(offered, choice, has)).toEqual(means)
  })

  it('says that Negotiate cannot be spoken where there is no Kerberos', () => {
    expect(chooseScheme(['negotiate'], 'negotiate', withPassword).kind).toBe('not-supported')
  })
})

describe('readRetryAfter', () => {
  it.each([
    { header: '12', ms: 12_000 },
    { header: ' 0 ', ms: 0 },
    { header: 'Tue, 24 Nov 2026 12:00:30 GMT', ms: 30_000 },
    { header: 'Tue, 24 Nov 2026 11:00:00 GMT', ms: 0 },
    { header: '7200', ms: 7_200_000 },
    { header: 'Wed, 25 Nov 2026 12:00:00 GMT', ms: 86_400_000 },
    // No more than a timer can hold.
    { header: '99999999', ms: 2_147_483_647 },
    { header: null, ms: DEFAULT_BACK_OFF_MS },
    { header: 'soon', ms: DEFAULT_BACK_OFF_MS },
  ])('reads $header as $ms ms', ({ header, ms }) => {
    expect(readRetryAfter(header, NOW)).toBe(ms)
  })

  it.each([
    ['\n 297749 ', 297_749],
    ['', DEFAULT_BACK_OFF_MS],
    ['0', DEFAULT_BACK_OFF_MS],
    ['x', DEFAULT_BACK_OFF_MS],
  ])('reads a BackOffMilliseconds of %j as %d ms', (text, ms) => {
    expect(readBackOffMs(text)).toBe(ms)
  })
})

describe('readFreshUntil', () => {
  const none = { cacheControl: null, expires: null, date: null }
  it.each([
    { headers: none, until: null },
    { headers: { ...none, cacheControl: 'private, max-age=60' }, until: NOW + 60_000 },
    { headers: { ...none, cacheControl: 'max-age=60', expires: 'Tue, 24 Nov 2026 18:00:00 GMT' }, until: NOW + 60_000 },
    { headers: { ...none, cacheControl: 'no-cache, max-age=60' }, until: null },
    { headers: { ...none, cacheControl: 'max-age=0' }, until: null },
    { headers: { ...none, expires: 'Tue, 24 Nov 2026 13:00:00 GMT' }, until: NOW + 3_600_000 },
    {
      headers: { ...none, expires: 'Tue, 24 Nov 2026 13:00:00 GMT', date: 'Tue, 24 Nov 2026 12:30:00 GMT' },
      until: NOW + 1_800_000,
    },
    { headers: { ...none, expires: '-1' }, until: null },
    { headers: { ...none, expires: '0' }, until: null },
    { headers: { ...none, cacheControl: 'max-age=9999999999' }, until: NOW + 7 * 86_400_000 },
  ])('reads $headers as $until', ({ headers, until }) => {
    expect(readFreshUntil(headers, NOW)).toBe(until)
  })
})

describe('nameRefusal', () => {
  it.each([
    { status: 400, page: '<title>400 No required SSL certificate was sent</title>', reason: 'missing' },
    { status: 400, page: '<title>400 The SSL certificate error</title>', reason: 'refused' },
    { status: 403, page: '<h2>HTTP Error 403.7 - Forbidden</h2>', reason: 'missing' },
    { status: 403, page: '<h2>HTTP Error 403.17 - Forbidden</h2>', reason: 'expired' },
  ])('reads HTTP $status with $page as a client certificate that is $reason', ({ status, page, reason }) => {
    const error = nameRefusal({ ...reply(status), body: Buffer.from(page) }, URL_ASKED, NOW)
    expect(error).toMatchObject({ code: 'client-certificate-refused', reason })
  })

  it.each([
    { status: 401, means: { code: 'unauthorized', hint: 'wrong-password' } },
    { status: 456, means: { code: 'unauthorized', hint: 'account-locked' } },
    { status: 403, means: { code: 'forbidden' } },
    { status: 503, headers: { 'retry-after': '7' }, means: { code: 'throttled', retryAfterMs: 7_000 } },
    { status: 429, means: { code: 'throttled', retryAfterMs: DEFAULT_BACK_OFF_MS } },
    { status: 500, means: { code: 'unexpected-answer', status: 500 } },
    { status: 400, means: { code: 'unexpected-answer', status: 400 } },
    { status: 302, means: { code: 'unexpected-answer', status: 302 } },
    {
      status: 302,
      headers: { location: '/owa/auth/logon.aspx?url=x' },
      means: { code: 'unexpected-answer', status: 302 },
    },
    {
      status: 302,
      headers: { location: '/ews/genericerrorpage.htm?aspxerrorpath=/ews' },
      means: { code: 'throttled' },
    },
    {
      status: 302,
      headers: { location: 'https://evil.example/EWS?u=secret' },
      means: { code: 'redirect-refused', target: 'https://evil.example/EWS' },
    },
  ])('reads HTTP $status with $headers as $means', ({ status, headers, means }) => {
    const error = nameRefusal(reply(status, headers), URL_ASKED, NOW)
    expect(error).toMatchObject({ ...means, endpoint: ENDPOINT })
    expect(JSON.stringify(error)).not.toContain('secret')
  })
})

describe('nameNetworkError', () => {
  const { signal } = new AbortController()
  const coded = (code: string) => Object.assign(new Error('x'), { code })
  it.each([
    { thrown: coded('ECONNREFUSED'), means: { code: 'unreachable', reason: 'ECONNREFUSED' } },
    { thrown: new AggregateError([coded('ETIMEDOUT')]), means: { code: 'unreachable', reason: 'ETIMEDOUT' } },
    { thrown: coded('CERT_HAS_EXPIRED'), means: { code: 'certificate-untrusted', reason: 'CERT_HAS_EXPIRED' } },
    { thrown: coded('ERR_TLS_CERT_ALTNAME_INVALID'), means: { code: 'certificate-untrusted' } },
    { thrown: new BodyTooLong(), means: { code: 'unexpected-answer' } },
    { thrown: 'odd', means: { code: 'unreachable', reason: 'UNKNOWN' } },
  ])('names $thrown as $means', ({ thrown, means }) => {
    expect(nameNetworkError(thrown, ENDPOINT, signal)).toMatchObject(means)
  })

  it('names everything after a cancellation as cancelled', () => {
    expect(nameNetworkError(coded('ECONNRESET'), ENDPOINT, AbortSignal.abort())).toEqual({ code: 'cancelled' })
  })
})

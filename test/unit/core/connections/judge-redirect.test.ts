import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  candidatePairs,
  httpRedirectCandidate,
  orderSrvTargets,
  pairOf,
} from '../../../../src/main/core/connections/autodiscover-candidates.ts'
import { isTrustedHost, judgeRedirect } from '../../../../src/main/core/connections/judge-redirect.ts'

describe('isTrustedHost', () => {
  it.each([
    ['contoso.com', 'contoso.com', true],
    ['Mail.Contoso.com', 'contoso.com', true],
    ['autodiscover.contoso.com.', 'contoso.com', true],
    ['autodiscover.contoso.com', 'eu.contoso.com', true],
    ['evilcontoso.com', 'contoso.com', false],
    ['contoso.com.evil.example', 'contoso.com', false],
    ['other.co.uk', 'contoso.co.uk', false],
    ['autodiscover.co.uk', 'contoso.co.uk', false],
    ['com', 'contoso.com', false],
    ['other.github.io', 'contoso.github.io', false],
    ['10.0.0.1', 'contoso.com', false],
    ['mail.fjordline.example', 'fjordline.example', true],
  ])('%s for the mail domain %s: %s', (host, domain, isTrusted) => {
    expect(isTrustedHost(host, domain)).toBe(isTrusted)
  })
})

describe('judgeRedirect', () => {
  it.each([
    'https://autodiscover.contoso.com/autodiscover/autodiscover.xml',
    'https://contoso.com/AutoDiscover/AutoDiscover.svc',
    'https://mail.contoso.com:444/autodiscover/x/autodiscover.xml',
  ])('follows %s', (target) => {
    expect(judgeRedirect(target, 'contoso.com').kind).toBe('follow')
  })

  it.each([
    'http://autodiscover.contoso.com/autodiscover/autodiscover.xml',
    'https://evil.example/autodiscover/autodiscover.xml',
    'https://contoso.com@evil.example/autodiscover/autodiscover.xml',
    'https://user:pw@contoso.com/autodiscover/autodiscover.xml',
    'https://contoso.com/owa/auth/logon.aspx',
    'https://contoso.com/autodiscover/autodiscover.xml/../../owa',
    'ftp://contoso.com/autodiscover/autodiscover.xml',
    '/autodiscover/autodiscover.xml',
    '',
  ])('refuses %s', (target) => {
    expect(judgeRedirect(target, 'contoso.com').kind).toBe('refuse')
  })

  it('never follows to anything but https below the registrable domain, whatever the target', () => {
    const host = fc.constantFrom(
      'contoso.com',
      'evil.example',
      'contoso.com.evil.example',
      'a.contoso.com',
      'xcontoso.com',
      '[::1]',
    )
    const target = fc
      .tuple(
        fc.constantFrom('https://', 'http://', 'https:\\\\', 'HTTPS://', '//'),
        fc.constantFrom('', 'contoso.com@', 'a:b@'),
        host,
        fc.constantFrom('', ':443', ':99999', '\\@contoso.com', '#@contoso.com'),
        fc.constantFrom('/autodiscover/autodiscover.xml', '/', '\\autodiscover\\autodiscover.xml'),
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(target, (text) => {
        const verdict = judgeRedirect(text, 'contoso.com')
        if (verdict.kind === 'refuse') return
        expect(verdict.url.protocol).toBe('https:')
        expect(verdict.url.hostname).toMatch(/^(.+\.)?contoso\.com$/)
        expect(verdict.url.username + verdict.url.password).toBe('')
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('the candidates', () => {
  it('are the domain and its autodiscover host, never what is above', () => {
    expect(candidatePairs('eu.contoso.com').map((pair) => pair.soap.url)).toEqual([
      'https://eu.contoso.com/autodiscover/autodiscover.svc',
      'https://autodiscover.eu.contoso.com/autodiscover/autodiscover.svc',
    ])
    expect(httpRedirectCandidate('contoso.com').url).toBe(
      'http://autodiscover.contoso.com/autodiscover/autodiscover.xml',
    )
  })

  it('ask the place of a redirect in both ways', () => {
    const pair = pairOf(new URL('https://x.contoso.com/autodiscover/autodiscover.xml'))
    expect(pair.soap).toEqual({ method: 'soap', url: 'https://x.contoso.com/autodiscover/autodiscover.svc' })
    expect(pair.pox).toEqual({ method: 'pox', url: 'https://x.contoso.com/autodiscover/autodiscover.xml' })
  })

  it('order SRV targets by the lowest priority number, then the highest weight, port 443 only', () => {
    const target = (host: string, priority: number, weight: number, port = 443) => ({ host, port, priority, weight })
    const ordered = orderSrvTargets([
      target('c', 20, 99),
      target('b', 10, 1),
      target('a', 10, 5),
      target('d', 0, 0, 8443),
    ])
    expect(ordered.map((one) => one.host)).toEqual(['a', 'b', 'c'])
  })
})

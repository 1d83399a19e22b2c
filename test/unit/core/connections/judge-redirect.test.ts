import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  candidatePairs,
  httpRedirectCandidate,
  pairOf,
} from '../../../../src/main/core/connections/autodiscover-candidates.ts'
import { isTrustedHost, judgeRedirect } from '../../../../src/main/core/connections/judge-redirect.ts'

const trust = (mailDomain: string, ...agreed: string[]) => ({ mailDomain, agreedHosts: new Set(agreed) })
const CONTOSO = trust('contoso.com')

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
    ['evil.example/.contoso.com', 'contoso.com', false],
    ['evil.example#.contoso.com', 'contoso.com', false],
    ['evil.co.uk', 'co.uk', false],
    ['autodiscover.corp', 'corp', true],
    ['evil.corp', 'corp', false],
    ['mail.xn--mller-kva.example', 'xn--mller-kva.example', true],
    ['mail.müller.example', 'xn--mller-kva.example', true],
  ])('%s for the mail domain %s: %s', (host, domain, isTrusted) => {
    expect(isTrustedHost(host, trust(domain))).toBe(isTrusted)
  })
})

it('trusts a host that was agreed to, and the autodiscover host of an agreed domain, but nothing else of it', () => {
  const agreed = trust('contoso.com', 'host.example')
  expect(isTrustedHost('Host.Example.', agreed)).toBe(true)
  expect(isTrustedHost('autodiscover.host.example', agreed)).toBe(true)
  expect(isTrustedHost('mail.host.example', agreed)).toBe(false)
  expect(isTrustedHost('example', agreed)).toBe(false)
})

describe('judgeRedirect', () => {
  it.each([
    'https://autodiscover.contoso.com/autodiscover/autodiscover.xml',
    'https://contoso.com/AutoDiscover/AutoDiscover.svc',
    'https://mail.contoso.com:444/autodiscover/x/autodiscover.xml',
  ])('follows %s', (target) => {
    expect(judgeRedirect(target, CONTOSO).kind).toBe('follow')
  })

  it.each([
    'http://autodiscover.contoso.com/autodiscover/autodiscover.xml',
    'https://contoso.com@evil.example/autodiscover/autodiscover.xml',
    'https://user:pw@contoso.com/autodiscover/autodiscover.xml',
    'https://contoso.com/owa/auth/logon.aspx',
    'https://contoso.com/autodiscover/autodiscover.xml/../../owa',
    'ftp://contoso.com/autodiscover/autodiscover.xml',
    '/autodiscover/autodiscover.xml',
    '',
  ])('refuses %s', (target) => {
    expect(judgeRedirect(target, CONTOSO).kind).toBe('refuse')
  })

  it('asks a person about a host outside the mail domain', () => {
    const target = 'https://host.example/autodiscover/autodiscover.xml?x=1#y'
    const verdict = judgeRedirect(target, CONTOSO)
    expect(verdict).toMatchObject({ kind: 'ask', detail: expect.stringContaining('host.example') })
    expect(judgeRedirect(target, trust('contoso.com', 'host.example'))).toMatchObject({ kind: 'follow' })
    expect(verdict.kind === 'ask' && verdict.url.href).toBe('https://host.example/autodiscover/autodiscover.xml')
  })

  it('lets the JSON lookup lead to a JSON lookup only', () => {
    const target = 'https://mail.contoso.com/autodiscover/autodiscover.json?Email=a%40b&Protocol=EWS'
    expect(judgeRedirect(target, CONTOSO, 'json')).toMatchObject({ kind: 'follow' })
    expect(judgeRedirect(target, CONTOSO).kind).toBe('refuse')
    expect(judgeRedirect('https://mail.contoso.com/owa/', CONTOSO, 'json').kind).toBe('refuse')
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
        const verdict = judgeRedirect(text, CONTOSO)
        if (verdict.kind !== 'follow') return
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
})

import { describe, expect, it } from 'vitest'
import {
  lookUpConnectionPoints,
  type ReadConnectionPoints,
  sortConnectionPoints,
} from '../../../../src/main/core/connections/connection-points.ts'
import { createStepTeller } from '../../../../src/main/core/connections/step-teller.ts'
import type { ConnectionPoint, ConnectionPointsAnswer } from '../../../../src/main/core/ldap/ports.ts'
import type { AppError } from '../../../../src/shared/errors.ts'
import { type LdapServer, ldapOrigin, parseLdapUrl } from '../../../../src/shared/ldap.ts'
import { createManualClock } from '../../../support/manual-clock.ts'

const URL_ENTRY = '77378F46-2C66-4aa9-A6A6-3E7A48B19596'
const POINTER = '67661d7F-8FC4-4fa7-BFAC-E1D7794C1F68'
const at = (host: string, ...keywords: string[]): ConnectionPoint => ({
  keywords: [URL_ENTRY, ...keywords],
  bindings: [`https://${host}/autodiscover/autodiscover.xml`],
})
const pointer = (path: string, ...keywords: string[]): ConnectionPoint => ({
  keywords: [POINTER, ...keywords],
  bindings: [path],
})
const hostsOf = (urls: readonly string[]) => urls.map((url) => (URL.canParse(url) ? new URL(url).hostname : url))

describe('sortConnectionPoints', () => {
  it('puts the own site first, then no site, then the others, whatever case they are written in', () => {
    const points = [at('far', 'Site=Oslo'), at('none'), at('near', 'Site=Oslo', 'SITE=bergen'), at('NONE-2')]
    const { urls } = sortConnectionPoints(points, 'contoso.com', 'Bergen')
    expect(hostsOf(urls)).toEqual(['near', 'none', 'none-2', 'far'])
  })

  it('puts no site first where the own one is not known', () => {
    const { urls } = sortConnectionPoints([at('far', 'Site=Oslo'), at('none')], 'contoso.com', null)
    expect(hostsOf(urls)).toEqual(['none', 'far'])
  })

  it('names each URL once, and no more than twenty', () => {
    const twice = [at('none'), at('none', 'Site=Bergen')]
    expect(sortConnectionPoints(twice, 'contoso.com', 'Bergen').urls).toHaveLength(1)
    const many = Array.from({ length: 500 }, (_, index) => at(`host${index}`))
    expect(sortConnectionPoints(many, 'contoso.com', null).urls).toHaveLength(20)
  })

  it('tells pointers for the mail domain from those for nobody, and leaves out those for others', () => {
    const points = [
      pointer('LDAP://mine', 'Domain=Contoso.com'),
      pointer('LDAP://other', 'Domain=other.example'),
      pointer('LDAP://any'),
    ]
    const { ofDomain, ofNobody } = sortConnectionPoints(points, 'contoso.com', null)
    expect({ ofDomain, ofNobody }).toEqual({ ofDomain: ['LDAP://mine'], ofNobody: ['LDAP://any'] })
  })

  it('leaves out what is marked as neither, and what names nothing', () => {
    const points = [
      { keywords: ['Site=Bergen'], bindings: ['https://x'] },
      { keywords: [URL_ENTRY], bindings: [] },
      { keywords: [POINTER], bindings: [' '] },
    ]
    expect(sortConnectionPoints(points, 'contoso.com', 'Bergen')).toEqual({ urls: [], ofDomain: [], ofNobody: [] })
  })
})

const AWAY: AppError = { code: 'unreachable', endpoint: 'ldaps://dc1.contoso.com', reason: 'ECONNREFUSED' }
const refused = (hint: 'wrong-password' | 'no-credentials'): AppError => ({
  ...{ code: 'unauthorized', endpoint: 'ldaps://dc1.contoso.com', hint },
})

/** Looks up in scripted directories; what is not scripted is away. */
async function lookUp(
  answers: Record<string, ConnectionPoint[] | AppError>,
  { servers = ['ldaps://dc1.contoso.com'], isTyped = true, agreed = [] as string[] } = {},
) {
  const asked: string[] = []
  const teller = createStepTeller(createManualClock(), () => {})
  const read: ReadConnectionPoints = async (server, isSignInAllowed) => {
    const origin = ldapOrigin(server)
    asked.push(`${origin}${isSignInAllowed ? '' : ' as nobody'}`)
    const answer = answers[origin] ?? AWAY
    return (
      Array.isArray(answer) ? { kind: 'points', points: answer, site: 'Bergen' } : { kind: 'failed', error: answer }
    ) satisfies ConnectionPointsAnswer
  }
  const found = await lookUpConnectionPoints({
    places: { servers: servers.map((url) => parseLdapUrl(url) as LdapServer), isTyped },
    trust: { mailDomain: 'contoso.com', agreedHosts: new Set(agreed) },
    signal: new AbortController().signal,
    ...{ read, teller },
  })
  const steps = teller.steps.map(({ url, outcome }) => `${outcome} ${url}`)
  return { ...found, hosts: hostsOf(found.urls), asked, steps, all: teller.steps }
}

describe('lookUpConnectionPoints', () => {
  it('asks the next server only where one is away', async () => {
    const servers = ['ldaps://dc1.contoso.com', 'ldaps://dc2.contoso.com', 'ldaps://dc3.contoso.com']
    const { hosts, steps } = await lookUp({ 'ldaps://dc2.contoso.com': [at('none')] }, { servers })
    expect(hosts).toEqual(['none'])
    expect(steps).toEqual(['unreachable ldaps://dc1.contoso.com', 'found ldaps://dc2.contoso.com'])
  })

  it('asks the forest of the mail domain instead of its own', async () => {
    const { hosts, asked } = await lookUp({
      'ldaps://dc1.contoso.com': [at('own'), pointer('LDAP://dc.forest.contoso.com', 'Domain=contoso.com')],
      'ldaps://dc.forest.contoso.com': [at('there')],
    })
    expect(hosts).toEqual(['there'])
    expect(asked).toEqual(['ldaps://dc1.contoso.com', 'ldaps://dc.forest.contoso.com'])
  })

  it('falls back to its own where that forest is away, and follows a pointer for nobody only where there is nothing', async () => {
    const own = [at('own'), pointer('LDAP://gone.contoso.com', 'Domain=contoso.com')]
    expect((await lookUp({ 'ldaps://dc1.contoso.com': own })).hosts).toEqual(['own'])
    const both = { 'ldaps://dc1.contoso.com': [at('own'), pointer('LDAP://any.contoso.com')] }
    expect((await lookUp(both)).asked).toHaveLength(1)
    const none = {
      'ldaps://dc1.contoso.com': [pointer('LDAP://any.contoso.com')],
      'ldaps://any.contoso.com': [at('any')],
    }
    expect((await lookUp(none)).hosts).toEqual(['any'])
  })

  it('ends in a circle of forests, and after three', async () => {
    const to = (host: string) => [pointer(`LDAP://${host}`, 'Domain=contoso.com')]
    const circle = { 'ldaps://dc1.contoso.com': to('b.contoso.com'), 'ldaps://b.contoso.com': to('dc1.contoso.com') }
    expect((await lookUp(circle)).asked).toHaveLength(2)
    const chain = {
      'ldaps://dc1.contoso.com': to('b.contoso.com'),
      'ldaps://b.contoso.com': to('c.contoso.com'),
      'ldaps://c.contoso.com': to('d.contoso.com'),
    }
    expect((await lookUp(chain)).asked).toHaveLength(3)
  })

  it('refuses a pointer that is no LDAP address', async () => {
    const { steps } = await lookUp({ 'ldaps://dc1.contoso.com': [pointer('https://evil.example/')] })
    expect(steps.at(-1)).toBe('refused https://evil.example/')
  })

  it('gives the password to the mail domain and to what a person named or agreed to, and to nobody else', async () => {
    const forest = { 'ldaps://dc1.contoso.com': [pointer('LDAP://dc.other.example', 'Domain=contoso.com')] }
    expect((await lookUp(forest)).asked.at(-1)).toBe('ldaps://dc.other.example as nobody')
    expect((await lookUp(forest, { agreed: ['dc.other.example'] })).asked.at(-1)).toBe('ldaps://dc.other.example')
    const servers = ['ldaps://dc1.corp.example']
    expect((await lookUp({}, { servers, isTyped: false })).asked).toEqual(['ldaps://dc1.corp.example as nobody'])
    expect((await lookUp({}, { servers })).asked).toEqual(['ldaps://dc1.corp.example'])
    expect((await lookUp({}, { isTyped: false })).asked).toEqual(['ldaps://dc1.contoso.com'])
  })

  it('ends everything after a refused password, and passes a server over that wants a sign-in', async () => {
    expect((await lookUp({ 'ldaps://dc1.contoso.com': refused('wrong-password') })).refusal).toEqual(
      refused('wrong-password'),
    )
    const { refusal, all } = await lookUp({ 'ldaps://dc1.contoso.com': refused('no-credentials') })
    expect(refusal).toBeNull()
    expect(all[0]?.advice).toContain('no password for it')
  })

  it('says what a directory holds without its control characters', async () => {
    const { all } = await lookUp({
      'ldaps://dc1.contoso.com': [{ keywords: [URL_ENTRY], bindings: ['https://a\u202e\nb'] }],
    })
    expect(all[0]?.detail).toBe('It names https://a b.')
  })
})

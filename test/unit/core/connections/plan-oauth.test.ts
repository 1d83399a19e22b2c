import { describe, expect, it } from 'vitest'
import { createOAuthPlanner } from '../../../../src/main/core/connections/plan-oauth.ts'
import { DEFAULT_SETTINGS, type OAuthSettings } from '../../../../src/shared/settings.ts'
import { smtpAddressSchema } from '../../../../src/shared/smtp-address.ts'

const ADDRESS = smtpAddressSchema.parse('anna@mail.example.org')
const TENANT = '5d1b4b30-1a0d-4c57-9c1c-3e0c3a3e9f10'
const ON_PREMISES = new URL('https://exchange.example.org/EWS/Exchange.asmx')
const ONLINE = new URL('https://outlook.office365.com/EWS/Exchange.asmx')

function planner(settings: Partial<OAuthSettings> = {}) {
  return createOAuthPlanner({ ...DEFAULT_SETTINGS.oauth, clientId: 'id', ...settings }, ADDRESS)
}

const realm = (authorizationUri: string | null, tenant: string | null = null) => ({ authorizationUri, tenant })

describe('where to sign in', () => {
  it.each([
    {
      settings: {},
      origin: ONLINE,
      says: null,
      authority: 'https://login.microsoftonline.com/organizations',
      kind: 'entra',
    },
    {
      ...{ settings: { tenant: 'example.org' }, origin: ONLINE, says: realm('https://elsewhere.example/x') },
      ...{ authority: 'https://login.microsoftonline.com/example.org', kind: 'entra' },
    },
    {
      ...{ settings: {}, origin: new URL('https://outlook.office365.us/'), says: null },
      ...{ authority: 'https://login.microsoftonline.us/organizations', kind: 'entra' },
    },
    {
      ...{ settings: {}, origin: new URL('https://partner.outlook.cn/'), says: null },
      ...{ authority: 'https://login.partner.microsoftonline.cn/organizations', kind: 'entra' },
    },
    {
      ...{ settings: {}, origin: ON_PREMISES, says: realm('https://login.windows.net/common/oauth2/authorize') },
      ...{ authority: 'https://login.microsoftonline.com/organizations', kind: 'entra' },
    },
    {
      ...{
        settings: {},
        origin: ON_PREMISES,
        says: realm('https://login.windows.net/common/oauth2/authorize', TENANT),
      },
      ...{ authority: `https://login.microsoftonline.com/${TENANT}`, kind: 'entra' },
    },
    {
      ...{
        settings: {},
        origin: ON_PREMISES,
        says: realm(`https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/authorize`),
      },
      ...{ authority: `https://login.microsoftonline.com/${TENANT}`, kind: 'entra' },
    },
    {
      ...{ settings: {}, origin: ON_PREMISES, says: realm('https://adfs.example.org/adfs/oauth2/authorize') },
      ...{ authority: 'https://adfs.example.org/adfs', kind: 'adfs' },
    },
    {
      ...{ settings: { authority: 'https://id.other.example:8443/realms/one/' }, origin: ON_PREMISES, says: null },
      ...{ authority: 'https://id.other.example:8443/realms/one', kind: 'openid' },
    },
    {
      settings: {},
      origin: ON_PREMISES,
      says: null,
      authority: 'https://login.microsoftonline.com/organizations',
      kind: 'entra',
    },
  ])(
    'for $origin.host, which says $says, with $settings: $authority',
    ({ settings, origin, says, authority, kind }) => {
      expect(planner(settings).plan(origin, says)).toMatchObject({
        ok: true,
        value: { clientId: 'id', authority, kind },
      })
    },
  )

  it.each([
    ['https://login.evil.example/oauth2/authorize', 'https://login.evil.example'],
    [
      'https://login.microsoftonline.com.evil.example/common/oauth2/authorize',
      'https://login.microsoftonline.com.evil.example',
    ],
    ['http://adfs.example.org/adfs/oauth2/authorize', 'https://exchange.example.org'],
    ['https://user:secret@adfs.example.org/adfs', 'https://exchange.example.org'],
    ['javascript:alert(1)', 'https://exchange.example.org'],
    ['//adfs.example.org', 'https://exchange.example.org'],
  ])('is not %s, even if the server says so', (authorizationUri, endpoint) => {
    expect(planner().plan(ON_PREMISES, realm(authorizationUri))).toEqual({
      ok: false,
      error: { code: 'oauth-failed', endpoint, reason: 'authority-not-trusted' },
    })
  })

  it('is not known without a client id, and nobody is asked then', () => {
    const without = planner({ clientId: '' })
    expect(without.needsRealm(ON_PREMISES)).toBe(false)
    expect(without.plan(ON_PREMISES, null)).toMatchObject({ error: { code: 'unauthorized', hint: 'no-client-id' } })
  })

  it('is asked of a server of one’s own only, and only when it is not set', () => {
    expect(planner().needsRealm(ON_PREMISES)).toBe(true)
    expect(planner().needsRealm(ONLINE)).toBe(false)
    expect(planner({ authority: 'https://adfs.example.org/adfs' }).needsRealm(ON_PREMISES)).toBe(false)
  })
})

describe('what is asked for', () => {
  const scopesOf = (origin: URL, scope = '') => {
    const made = planner({ scope })
    const plan = made.plan(origin, null)
    return plan.ok ? made.scopesFor(plan.value, origin) : []
  }

  it.each([
    [ON_PREMISES, 'https://exchange.example.org/EWS.AccessAsUser.All'],
    [ONLINE, 'https://outlook.office365.com/EWS.AccessAsUser.All'],
    [new URL('https://autodiscover-s.outlook.com/'), 'https://outlook.office365.com/EWS.AccessAsUser.All'],
  ])('of %s is EWS, as the person who signs in', (origin, scope) => {
    expect(scopesOf(origin)).toEqual([scope])
  })

  it('is what is set, where something is', () => {
    expect(scopesOf(ON_PREMISES, ' one  two ')).toEqual(['one', 'two'])
  })
})

import type { AppError } from '../../../shared/errors.ts'
import { exchangeOnlineCloud, isMicrosoftAuthority } from '../../../shared/exchange-online.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { OAuthSettings } from '../../../shared/settings.ts'
import { domainOf, type SmtpAddress } from '../../../shared/smtp-address.ts'
import { isTrustedHost } from './judge-redirect.ts'
import type { BearerRealm, OAuthPlan, OAuthPlanner } from './ports.ts'

/** Where an account signs in when neither it nor its tenant is known: any work or school account. */
const ANY_TENANT = 'organizations'

/**
 * Decides where to sign in: as it is set; else as the server's name or its answer say. A server may name Microsoft's sign-in
 * servers and those of the mail domain, and no others: a person is about to type a password there.
 * @param address the mailbox; its domain says which sign-in servers a server may name
 * @see protocol.md 4.2
 */
export function createOAuthPlanner(settings: OAuthSettings, address: SmtpAddress): OAuthPlanner {
  const { clientId, scope } = settings

  /** The address of the sign-in server, whoever named it. */
  function chooseAuthority(origin: URL, realm: BearerRealm | null): Result<URL> {
    if (settings.authority !== '') return ok(new URL(settings.authority))
    const cloud = exchangeOnlineCloud(origin.hostname)
    if (cloud !== null) return ok(new URL(`https://${cloud.authority}`))
    const named = realm?.authorizationUri ?? null
    return named === null ? ok(new URL(MICROSOFT)) : judgeAuthority(named, origin, domainOf(address))
  }

  return {
    needsRealm: (origin) =>
      clientId !== '' && settings.authority === '' && exchangeOnlineCloud(origin.hostname) === null,
    plan(origin, realm) {
      if (clientId === '') {
        return fail({ code: 'unauthorized', endpoint: origin.origin, hint: 'no-client-id', scheme: 'bearer' })
      }
      const authority = chooseAuthority(origin, realm)
      if (!authority.ok) return authority
      return ok({ clientId, scope, ...readAuthority(authority.value, settings.tenant || realm?.tenant || null) })
    },
    scopesFor(plan, origin) {
      const set = plan.scope.split(/\s+/).filter((part) => part !== '')
      if (set.length > 0) return set
      const host = exchangeOnlineCloud(origin.hostname)?.ews ?? origin.host
      return [`https://${host}/EWS.AccessAsUser.All`]
    },
  }
}

/** Whether the sign-in server that an Exchange server names may be shown to a person. */
function judgeAuthority(named: string, origin: URL, mailDomain: string): Result<URL> {
  const url = URL.canParse(named) ? new URL(named) : null
  const notTrusted = (endpoint: string) =>
    fail({ code: 'oauth-failed', endpoint, reason: 'authority-not-trusted' } satisfies AppError)
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    return notTrusted(origin.origin)
  }
  if (!isMicrosoftAuthority(url.hostname) && !isTrustedHost(url.hostname, { mailDomain, agreedHosts: new Set() }))
    return notTrusted(url.origin)
  url.pathname = url.pathname.replace(/\/oauth2(\/v2\.0)?\/authorize\/?$/i, '')
  return ok(url)
}

const MICROSOFT = 'https://login.microsoftonline.com'

/** @param wanted the tenant; null: the one in the address, else any */
function readAuthority(url: URL, wanted: string | null): Pick<OAuthPlan, 'authority' | 'kind'> {
  const path = url.pathname.replace(/\/+$/, '')
  if (!isMicrosoftAuthority(url.hostname)) {
    return { authority: `${url.origin}${path}`, kind: /^\/adfs$/i.test(path) ? 'adfs' : 'openid' }
  }
  const named = path.split('/')[1] ?? ''
  const tenant = wanted ?? (named === '' || named.toLowerCase() === 'common' ? ANY_TENANT : named)
  // The name that the clouds' own metadata has.
  const host = url.hostname === 'login.windows.net' ? 'login.microsoftonline.com' : url.host
  return { authority: `https://${host}/${tenant}`, kind: 'entra' }
}

import { type LdapAccount, type LdapInput, ldapOrigin, parseLdapUrl } from '../../shared/ldap.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { LdapPeopleOptions, LdapTarget } from '../core/ldap/ports.ts'
import type { StoredAccount } from '../store/account-store.ts'
import type { AccountSecrets } from './account-secrets.ts'
import type { EngineParts } from './engine-parts.ts'
import { networkFor } from './network-for.ts'

type StoredLdap = NonNullable<StoredAccount['ldap']>

/** The LDAP servers of accounts. The demo has none. */
export interface LdapAccess {
  read(address: SmtpAddress): Promise<LdapAccount | null>
  /** Fails with `not-connected` for an account that is not kept, and with `not-writable`. */
  set(address: SmtpAddress, input: LdapInput): Promise<Result<LdapAccount>>
  /** Fails as `set` does. */
  forget(address: SmtpAddress): Promise<Result<null>>
  /** How to ask it for people. Fails with `invalid-input` where none is set, with `unauthorized` without its password. */
  target(address: SmtpAddress): Promise<Result<LdapTarget & LdapPeopleOptions>>
}

/** What is kept when another URL is given: to another host, not even the user name goes by itself. */
export function ldapAt(url: string, kept: StoredLdap | undefined): StoredLdap {
  return kept !== undefined && hostIn(kept.url) === hostIn(url) ? { ...kept, url } : { url }
}

function hostIn(url: string): string | undefined {
  return parseLdapUrl(url)?.host
}

export function createLdapAccess(parts: EngineParts, secrets: AccountSecrets): LdapAccess {
  const { accounts, options } = parts

  async function describe(address: SmtpAddress, { url, userName = '', isHiddenIncluded = false }: StoredLdap) {
    const secretKeptIn = userName === '' ? 'nowhere' : await secrets.ldap.whereIs(address)
    return { url, userName, isHiddenIncluded, secretKeptIn }
  }

  /** A password stays only where it was typed for: the same host, the same user. */
  async function keepPassword({ address, ldap }: StoredAccount, input: LdapInput): Promise<void> {
    const isSame = hostIn(input.url) === hostIn(ldap?.url ?? '') && input.userName === ldap?.userName
    if (input.password !== undefined && input.userName !== '') {
      await secrets.ldap.keep(address, input.password, input.isRemembered)
    } else if (!isSame) await secrets.ldap.forget(address)
  }

  return {
    async read(address) {
      const ldap = accounts.find(address)?.ldap
      return ldap === undefined ? null : describe(address, ldap)
    },
    async set(address, input) {
      const stored = accounts.find(address)
      if (stored === null) return fail({ code: 'not-connected' })
      await keepPassword(stored, input)
      const ldap = toStored(input)
      const saved = accounts.save({ ...stored, ldap })
      return saved.ok ? ok(await describe(address, ldap)) : saved
    },
    async forget(address) {
      const stored = accounts.find(address)
      if (stored === null) return fail({ code: 'not-connected' })
      await secrets.ldap.forget(address)
      const { ldap: _, ...rest } = stored
      return accounts.save(rest)
    },
    async target(address) {
      const stored = accounts.find(address)
      const server = stored?.ldap === undefined ? null : parseLdapUrl(stored.ldap.url)
      if (stored?.ldap === undefined || server === null) {
        return fail({ code: 'invalid-input', field: 'LDAP', reason: 'No LDAP server is set for this account' })
      }
      const { userName = '', isHiddenIncluded = false } = stored.ldap
      const isOwn = userName === ''
      const password = await (isOwn ? secrets.passwords : secrets.ldap).read(address)
      if (password === null && !isOwn) {
        return fail({ code: 'unauthorized', endpoint: ldapOrigin(server), hint: 'no-credentials' })
      }
      const signIn = password === null ? null : { userName: isOwn ? stored.userName : userName, password }
      return ok({ server, signIn, isHiddenIncluded, network: networkFor(parts, options.network, stored) })
    },
  }
}

function toStored({ url, userName, isHiddenIncluded }: LdapInput): StoredLdap {
  return { url, isHiddenIncluded, ...(userName !== '' && { userName }) }
}

import type { Endpoints } from '../../shared/connections.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { isFinal } from '../core/connections/choose-failure.ts'
import { isRefreshDue } from '../core/connections/decide-refresh.ts'
import type { Credentials, NetworkOptions } from '../core/connections/ports.ts'
import type { StoredAccount } from '../store/account-store.ts'
import type { AccountSecrets } from './account-secrets.ts'
import { tokensOf } from './account-tokens.ts'
import { agreedTickets } from './agreed-tickets.ts'
import type { EngineParts } from './engine-parts.ts'
import { findServer } from './find-server.ts'
import { networkFor } from './network-for.ts'
import type { PrepareLink } from './server-link.ts'
import { sessionMemory } from './session-memory.ts'

/**
 * The way to a stored account's server. A server that was discovered is looked up again every week, and at once when it fails
 * as if it had moved; the last one that worked is kept where nothing is found. Fails with `unauthorized` when the password
 * is kept nowhere, or was refused while looking: it is not tried a second time. With modern sign-in there is none, and nobody is
 * asked for anything: tokens that ended are `sign-in-again`.
 */
export function storedLink(parts: EngineParts, opened: StoredAccount, secrets: AccountSecrets): PrepareLink {
  const { accounts, options, clock } = parts
  let triedAtMs: number | null = null

  const isDue = ({ discovery }: StoredAccount, hasFailed: boolean): boolean =>
    discovery !== null && isRefreshDue({ nowMs: clock.nowMs(), foundAtMs: discovery.foundAtMs, triedAtMs, hasFailed })

  return async ({ hasFailed, signal }) => {
    const stored = accounts.find(opened.address) ?? opened
    const { address, auth } = stored
    const credentials = await credentialsOf(parts, stored, secrets)
    if (credentials === null) {
      return fail({ code: 'unauthorized', endpoint: stored.endpoints.ewsUrl, hint: 'no-credentials' })
    }
    const network = networkFor(parts, options.network, stored)
    const how = { credentials, auth, network, memory: sessionMemory(accounts, address) }
    if (!isDue(stored, hasFailed)) return ok({ endpoints: stored.endpoints, ...how })
    triedAtMs = clock.nowMs()
    const endpoints = await refresh(parts, stored, credentials, network, signal)
    return endpoints.ok ? ok({ endpoints: endpoints.value, ...how }) : endpoints
  }
}

/** What the account signs in with; null when its password is kept nowhere. */
async function credentialsOf(
  parts: EngineParts,
  stored: StoredAccount,
  { passwords, tokens, clientCertificates }: AccountSecrets,
): Promise<Credentials | null> {
  const { address, userName, auth } = stored
  const clientCertificate = await clientCertificates.read(address)
  const own = clientCertificate === null ? {} : { clientCertificate }
  if (auth === 'bearer') {
    return { userName, password: '', tokens: tokensOf(parts, stored, tokens.open(address), () => null), ...own }
  }
  const kept = await passwords.read(address)
  // A sign-in with the ticket of the logged-on user has no password.
  const password = kept ?? (auth === 'negotiate' ? '' : null)
  if (password === null) return null
  const tickets = agreedTickets(parts.tickets, [...stored.agreedHosts, stored.endpoints.ewsUrl])
  return { userName, password, ...tickets, ...own }
}

async function refresh(
  parts: EngineParts,
  stored: StoredAccount,
  credentials: Credentials,
  network: NetworkOptions,
  signal: AbortSignal,
): Promise<Result<Endpoints>> {
  const { accounts, log } = parts
  const { address, auth, agreedHosts, discovery } = stored
  const isOnlineLookupAllowed = discovery?.isOnlineLookupAllowed ?? false
  const question = { address, credentials, auth, agreedHosts, isOnlineLookupAllowed }
  const lastUrl = discovery?.autodiscoverUrl ?? null
  const hints = { lastUrl, isLastInside: discovery?.isInside ?? false, ldapUrl: stored.ldap?.url ?? null }
  const found = await findServer({ ...parts, network }, { ...question, ...hints }, () => {}, signal)
  log.info('looked the server up again', { isFound: found.ok, ...(!found.ok && { error: found.error.code }) })
  if (!found.ok) return isFinal(found.error) ? found : ok(stored.endpoints)
  // Forgotten meanwhile, or connected anew: what was found then is no longer wanted.
  const now = accounts.find(address)
  if (now === null) return ok(found.value.endpoints)
  // How photos are asked for was learnt of the server before.
  const { photoRoute, ...rest } = now
  const hasMoved = now.endpoints.ewsUrl !== found.value.endpoints.ewsUrl
  accounts.save({ ...rest, ...found.value, ...(photoRoute !== undefined && !hasMoved && { photoRoute }) })
  return ok(found.value.endpoints)
}

import type { AuthChoice, ConnectionStep, Endpoints } from '../../shared/connections.ts'
import type { Result } from '../../shared/result.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { ReadConnectionPoints } from '../core/connections/connection-points.ts'
import { discover } from '../core/connections/discover.ts'
import type { Credentials, ExchangeConnector, NetworkOptions } from '../core/connections/ports.ts'
import type { LdapConnector, MachineDomain } from '../core/ldap/ports.ts'
import type { Clock } from '../core/ports.ts'
import type { StoredDiscovery } from '../store/account-store.ts'
import { findConnectionPointPlaces } from './connection-point-places.ts'

export interface FindServerDeps {
  readonly connector: ExchangeConnector
  readonly clock: Clock
  readonly network: NetworkOptions
  readonly ldap: LdapConnector
  /** Null: this machine is in no domain. */
  readonly machineDomain: MachineDomain | null
}

/** Whose server is looked for, and what is known already. */
export interface ServerQuestion {
  readonly address: SmtpAddress
  readonly credentials: Credentials
  readonly auth: AuthChoice
  /** Hosts outside the mail domain that a person has agreed to. */
  readonly agreedHosts: readonly string[]
  /** Where Autodiscover answered last time. */
  readonly lastUrl: string | null
  /** The directory had named that place. */
  readonly isLastInside?: boolean
  /** The LDAP server that a person named; null: that of the machine's domain, if any. */
  readonly ldapUrl: string | null
  readonly isOnlineLookupAllowed: boolean
}

/** What was found, and what is to be kept of how. */
export interface FoundServer {
  readonly endpoints: Endpoints
  readonly discovery: StoredDiscovery
}

/** Looks for the server of an address by Autodiscover. Fails as `discover` does. */
export async function findServer(
  { connector, clock, network, ldap, machineDomain }: FindServerDeps,
  question: ServerQuestion,
  onStep: (step: ConnectionStep) => void,
  signal: AbortSignal,
): Promise<Result<FoundServer>> {
  const { address, credentials, auth, agreedHosts, lastUrl, isLastInside, isOnlineLookupAllowed } = question
  const client = connector.createAutodiscoverClient(credentials, auth, network)
  try {
    const places = await findConnectionPointPlaces(question.ldapUrl, machineDomain, client, signal)
    const read: ReadConnectionPoints = (server, isSignInAllowed, until) =>
      ldap.readConnectionPoints({ server, network, signIn: isSignInAllowed ? credentials : null }, until)
    const hints = {
      ...{ agreedHosts, lastUrl, isJsonAllowed: isOnlineLookupAllowed },
      ...(isLastInside !== undefined && { isLastInside }),
      connectionPoints: places === null ? null : { places, read },
    }
    const { result, autodiscoverUrl, isInside } = await discover({ address, client, clock, signal, onStep, ...hints })
    if (!result.ok) return result
    const discovery = { autodiscoverUrl, isInside, foundAtMs: clock.nowMs(), isOnlineLookupAllowed }
    return { ok: true, value: { endpoints: result.value, discovery } }
  } finally {
    await client.close()
  }
}

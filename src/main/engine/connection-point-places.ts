import { parseLdapUrl } from '../../shared/ldap.ts'
import type { ConnectionPointPlaces } from '../core/connections/connection-points.ts'
import { orderSrvTargets } from '../core/connections/order-srv-targets.ts'
import type { SrvResolver } from '../core/connections/ports.ts'
import type { MachineDomain } from '../core/ldap/ports.ts'

/** Domain controllers that are tried, at most: each that is away costs seconds. */
const MAX_SERVERS = 2
const LDAPS_PORT = 636
/** The port that DNS names; the same servers are asked at the encrypted one. */
const CLEAR_PORT = 389

/**
 * The LDAP servers that may know where Exchange is: the one that a person named, else those of this machine's domain. Null:
 * there is none.
 */
export async function findConnectionPointPlaces(
  ldapUrl: string | null,
  machine: MachineDomain | null,
  dns: SrvResolver,
  signal: AbortSignal,
): Promise<ConnectionPointPlaces | null> {
  const typed = ldapUrl === null ? null : parseLdapUrl(ldapUrl)
  if (typed !== null) return { servers: [typed], isTyped: true }
  if (machine === null) return null
  const hosts = await findControllers(machine, dns, signal)
  const servers = hosts.map((host) => ({ host, port: LDAPS_PORT, isStartTls: false, base: '' }))
  return servers.length === 0 ? null : { servers, isTyped: false }
}

/** The controller that let the user in, then those that DNS names: only what lies in the domain, whatever DNS says. */
async function findControllers(
  { domain, logonServer }: MachineDomain,
  dns: SrvResolver,
  signal: AbortSignal,
): Promise<string[]> {
  const found = await dns.resolveSrv(`_ldap._tcp.dc._msdcs.${domain}`, signal)
  const named = orderSrvTargets(found, Math.random, CLEAR_PORT).map(({ host }) => host)
  const hosts = [...(logonServer === null ? [] : [logonServer]), ...named]
  return [...new Set(hosts)].filter((host) => host.endsWith(`.${domain}`)).slice(0, MAX_SERVERS)
}

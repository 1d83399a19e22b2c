import { agreedTickets } from './agreed-tickets.ts'
import type { CheckedConnectInput, ConnectMemory } from './connect-account.ts'
import type { EngineParts } from './engine-parts.ts'

/** What is known of an account that connects again, and what was agreed to now. */
export function rememberAccount(
  { accounts, settings, tickets }: Pick<EngineParts, 'accounts' | 'settings' | 'tickets'>,
  input: CheckedConnectInput,
): ConnectMemory {
  const kept = accounts.find(input.address)
  const given = input.agreedHosts.map((host) => host.toLowerCase())
  const agreedHosts = [...new Set([...(kept?.agreedHosts ?? []), ...given])]
  const typed = input.ewsUrl === undefined ? [] : [input.ewsUrl]
  return {
    agreedHosts,
    pins: [...new Set([...(kept?.pins ?? []), ...(input.pins ?? [])])],
    lastUrl: kept?.discovery?.autodiscoverUrl ?? null,
    isLastInside: kept?.discovery?.isInside ?? false,
    ldapUrl: input.ldapUrl ?? kept?.ldap?.url ?? null,
    isOnlineLookupAllowed: input.isOnlineLookupAllowed ?? settings.read().discovery.isOnlineLookupAllowed,
    ...agreedTickets(tickets, [...agreedHosts, ...typed]),
  }
}

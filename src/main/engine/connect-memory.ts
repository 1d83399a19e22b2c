import { ok, type Result } from '../../shared/result.ts'
import { checkCertificates } from './account-certificates.ts'
import type { AccountSecrets } from './account-secrets.ts'
import { agreedTickets } from './agreed-tickets.ts'
import type { CheckedConnectInput, ConnectMemory } from './connect-account.ts'
import type { EngineParts } from './engine-parts.ts'

/**
 * What is known of an account that connects again, and what was agreed to and given now. Fails with `authority-file` and
 * `client-certificate-file`.
 */
export async function rememberAccount(
  parts: Pick<EngineParts, 'accounts' | 'settings' | 'tickets' | 'clock'>,
  { clientCertificates }: Pick<AccountSecrets, 'clientCertificates'>,
  input: CheckedConnectInput,
): Promise<Result<ConnectMemory>> {
  const { accounts, settings, tickets } = parts
  const given = checkCertificates(parts, input)
  if (!given.ok) return given
  const kept = accounts.find(input.address)
  const { authorities = kept?.authorities ?? [], clientCertificate: now } = given.value
  const clientCertificate = now === undefined ? await clientCertificates.read(input.address) : now
  const hosts = input.agreedHosts.map((host) => host.toLowerCase())
  const agreedHosts = [...new Set([...(kept?.agreedHosts ?? []), ...hosts])]
  const typed = input.ewsUrl === undefined ? [] : [input.ewsUrl]
  return ok({
    agreedHosts,
    pins: [...new Set([...(kept?.pins ?? []), ...(input.pins ?? [])])],
    authorities,
    ...(clientCertificate !== null && { clientCertificate }),
    lastUrl: kept?.discovery?.autodiscoverUrl ?? null,
    isLastInside: kept?.discovery?.isInside ?? false,
    ldapUrl: input.ldapUrl ?? kept?.ldap?.url ?? null,
    isOnlineLookupAllowed: input.isOnlineLookupAllowed ?? settings.read().discovery.isOnlineLookupAllowed,
    ...agreedTickets(tickets, [...agreedHosts, ...typed]),
  })
}

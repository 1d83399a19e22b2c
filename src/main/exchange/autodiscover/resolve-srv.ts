import { promises as dns } from 'node:dns'
import type { SrvTarget } from '../../core/connections/ports.ts'

/** How long one DNS server may take (ms). */
const TIMEOUT_MS = 4_000

/** Looks SRV records up; none where DNS does not answer, or says `.` (RFC 2782: the service is not offered). */
export async function resolveSrv(name: string, dnsServer: string | null, signal: AbortSignal): Promise<SrvTarget[]> {
  const resolver = new dns.Resolver({ timeout: TIMEOUT_MS, tries: 1 })
  const onAbort = () => resolver.cancel()
  signal.addEventListener('abort', onAbort)
  try {
    if (signal.aborted) return []
    if (dnsServer !== null) resolver.setServers([dnsServer])
    const records = await resolver.resolveSrv(name)
    return records
      .map(({ name: host, port, priority, weight }) => ({ host: host.replace(/\.$/, ''), port, priority, weight }))
      .filter(({ host }) => host !== '')
  } catch {
    // No record, no answer, cancelled: a hint that is not there.
    return []
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

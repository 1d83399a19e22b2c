import type { MachineDomain } from '../core/ldap/ports.ts'

const DNS_NAME = /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/
const COMPUTER_NAME = /^[A-Za-z0-9-]{1,63}$/

/**
 * The Active Directory domain that the user of this machine is logged on to, as Windows tells its programs; null: none.
 * On other systems nothing says so: there the directory's server is named by hand.
 */
export function readMachineDomain(env: NodeJS.ProcessEnv): MachineDomain | null {
  const domain = (env['USERDNSDOMAIN'] ?? '').toLowerCase()
  if (!DNS_NAME.test(domain)) return null
  const server = (env['LOGONSERVER'] ?? '').replace(/^\\+/, '').toLowerCase()
  return { domain, logonServer: COMPUTER_NAME.test(server) ? `${server}.${domain}` : null }
}

import { getProxyForUrl } from 'proxy-from-env'
import type { NetworkOptions } from '../core/connections/ports.ts'
import { readPacAnswer } from './read-pac-answer.ts'

/** Where it is said which proxy to take. */
export interface ProxyRules {
  /** As set: `system`, `none`, or the address of a proxy. */
  readonly setting: string
  /** The desktop's own answer, which knows the system's settings and PAC scripts. Null: this host has none. */
  readonly resolveProxy: ((url: string) => Promise<string>) | null
}

/**
 * Chooses the proxy for an address: the one that is set; else HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY of the
 * environment; else what the desktop says. Credentials may stand in the environment only, where the system's are.
 */
export function createProxyChooser({ setting, resolveProxy }: ProxyRules): NonNullable<NetworkOptions['proxyFor']> {
  return async (url) => {
    if (setting === 'none') return null
    if (setting !== 'system') return new URL(setting)
    const named = getProxyForUrl(url.href)
    if (named !== '') return isSpoken(named) ? new URL(named) : null
    if (resolveProxy === null || isExcluded(url)) return null
    return readPacAnswer(await resolveProxy(url.href).catch(() => 'DIRECT'))
  }
}

/** Proxies are spoken to over http and https; SOCKS is not spoken. */
function isSpoken(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
}

/** Whether the environment names a proxy, but not for this address (NO_PROXY). */
function isExcluded(url: URL): boolean {
  const names = [`${url.protocol.slice(0, -1)}_proxy`, 'all_proxy']
  return names.some((name) => (process.env[name] || process.env[name.toUpperCase()] || '') !== '')
}

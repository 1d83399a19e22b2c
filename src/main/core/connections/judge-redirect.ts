import { getDomain } from 'tldts'
import { toHostName } from '../../../shared/host-name.ts'

/** Redirects in one discovery, at most (protocol.md 2.7). */
export const MAX_HOPS = 10

/** Who may be given the credentials. */
export interface HostTrust {
  readonly mailDomain: string
  /** Hosts outside the mail domain that a person has agreed to, in lower case. */
  readonly agreedHosts: ReadonlySet<string>
}

/** Where a redirect points, judged. `detail` is a sentence. */
export type RedirectVerdict =
  | { readonly kind: 'follow'; readonly url: URL }
  /** In order, but outside the mail domain: a person has to agree first. */
  | { readonly kind: 'ask'; readonly url: URL; readonly detail: string }
  | { readonly kind: 'refuse'; readonly target: string; readonly detail: string }

const AUTODISCOVER_PATH = /^\/autodiscover\/([^/]+\/)*autodiscover\.(xml|svc)$/i
const JSON_PATH = /^\/autodiscover\/autodiscover\.json(\/v1\.0\/[^/]+)?$/i

/**
 * Whether a host may be given the credentials: the mail domain itself, what is below it, hosts that share its registrable
 * domain, and what a person has agreed to (for a domain, its `autodiscover` host as well). Below a domain that is no
 * registrable one, such as `co.uk` or an internal name, only its `autodiscover` host.
 */
export function isTrustedHost(host: string, { mailDomain, agreedHosts }: HostTrust): boolean {
  const name = toHostName(host)
  if (name === null) return false
  const parent = name.replace(/^autodiscover\./, '')
  if (name === mailDomain || parent === mailDomain || agreedHosts.has(name) || agreedHosts.has(parent)) return true
  const registrable = getDomain(mailDomain, { allowPrivateDomains: true })
  if (registrable === null) return false
  return name.endsWith(`.${mailDomain}`) || getDomain(name, { allowPrivateDomains: true }) === registrable
}

/** The sentence of a host that needs consent. */
export function describeOutside(host: string, mailDomain: string): string {
  return `${host} lies outside ${mailDomain}, so it is not given the password without consent.`
}

/**
 * Judges the target of an Autodiscover redirect, before any credential goes there.
 * @param kind what is asked there: the XML services, or the JSON lookup, whose query is kept
 * @see protocol.md 2.7; MS-OXDISCO 3.1.5.4
 */
export function judgeRedirect(target: string, trust: HostTrust, kind: 'xml' | 'json' = 'xml'): RedirectVerdict {
  if (!URL.canParse(target)) return { kind: 'refuse', target: '', detail: 'The redirect names no address.' }
  const url = new URL(target)
  const told = `${url.protocol}//${url.host}${url.pathname}`
  const refuse = (detail: string): RedirectVerdict => ({ kind: 'refuse', target: told, detail })
  if (url.protocol !== 'https:') return refuse('The redirect leads away from https.')
  if (url.username !== '' || url.password !== '') return refuse('The redirect carries a user name.')
  if (!(kind === 'xml' ? AUTODISCOVER_PATH : JSON_PATH).test(url.pathname)) {
    return refuse('The redirect does not lead to Autodiscover.')
  }
  url.hash = ''
  if (kind === 'xml') url.search = ''
  return isTrustedHost(url.hostname, trust)
    ? { kind: 'follow', url }
    : { kind: 'ask', url, detail: describeOutside(url.hostname, trust.mailDomain) }
}

import { getDomain } from 'tldts'

/** Redirects in one discovery, at most (protocol.md 2.7). */
export const MAX_HOPS = 10

/** Where a redirect points, judged. `detail` is a sentence. */
export type RedirectVerdict =
  | { readonly kind: 'follow'; readonly url: URL }
  | { readonly kind: 'refuse'; readonly target: string; readonly detail: string }

/**
 * Whether a host may be given the credentials of a mail domain: the domain itself, what is below it, and hosts that share
 * its registrable domain.
 */
export function isTrustedHost(host: string, mailDomain: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  if (name === mailDomain || name.endsWith(`.${mailDomain}`)) return true
  const registrable = getDomain(mailDomain, { allowPrivateDomains: true })
  return registrable !== null && getDomain(name, { allowPrivateDomains: true }) === registrable
}

/**
 * Judges the target of an Autodiscover redirect, before any credential goes there.
 * @see protocol.md 2.7; MS-OXDISCO 3.1.5.4
 */
export function judgeRedirect(target: string, mailDomain: string): RedirectVerdict {
  if (!URL.canParse(target)) return { kind: 'refuse', target: '', detail: 'The redirect names no address.' }
  const url = new URL(target)
  const told = `${url.origin}${url.pathname}`
  const refuse = (detail: string): RedirectVerdict => ({ kind: 'refuse', target: told, detail })
  if (url.protocol !== 'https:') return refuse('The redirect leads away from https.')
  if (url.username !== '' || url.password !== '') return refuse('The redirect carries a user name.')
  if (!isTrustedHost(url.hostname, mailDomain)) {
    return refuse(`${url.hostname} lies outside ${mailDomain}, so it is not given the password.`)
  }
  if (!/^\/autodiscover\/([^/]+\/)*autodiscover\.(xml|svc)$/i.test(url.pathname)) {
    return refuse('The redirect does not lead to Autodiscover.')
  }
  url.hash = ''
  url.search = ''
  return { kind: 'follow', url }
}

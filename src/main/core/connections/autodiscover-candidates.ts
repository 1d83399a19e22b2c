import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { AutodiscoverCandidate } from './ports.ts'

/** SOAP and POX share the path; only the extension differs. */
const SOAP_PATH = '/autodiscover/autodiscover.svc'
const POX_PATH = '/autodiscover/autodiscover.xml'

/** Where Exchange Online is asked for an address, without credentials (protocol.md 2.5). */
const ONLINE_JSON_URL = 'https://outlook.office365.com/autodiscover/autodiscover.json'

/** What is asked at one place: SOAP, and POX where SOAP is not spoken. */
export interface CandidatePair {
  readonly soap: AutodiscoverCandidate
  readonly pox: AutodiscoverCandidate
}

/**
 * The places where Autodiscover may be, in order. Never above the mail domain: `autodiscover.com` belongs to somebody else.
 * @see protocol.md 2.1; MS-OXDISCO 3.1.5
 */
export function candidatePairs(domain: string): CandidatePair[] {
  return [pairAt(domain), pairAt(`autodiscover.${domain}`)]
}

/** Both ways to ask one host. */
export function pairAt(host: string): CandidatePair {
  return {
    soap: { method: 'soap', url: `https://${host}${SOAP_PATH}` },
    pox: { method: 'pox', url: `https://${host}${POX_PATH}` },
  }
}

/** The plain-http question of which only a redirect counts. */
export function httpRedirectCandidate(domain: string): AutodiscoverCandidate {
  return { method: 'http-redirect', url: `http://autodiscover.${domain}${POX_PATH}` }
}

/** The lookup of Exchange Online. `redirectCount` tells the service that it was a redirect that led there. */
export function jsonCandidate(address: SmtpAddress): AutodiscoverCandidate {
  const query = new URLSearchParams({ Email: address, Protocol: 'EWS', RedirectCount: '1' })
  return { method: 'json', url: `${ONLINE_JSON_URL}?${query}` }
}

/** Both ways to ask the place a redirect names. */
export function pairOf(url: URL): CandidatePair {
  const stem = url.href.replace(/\.(xml|svc)$/i, '')
  return { soap: { method: 'soap', url: `${stem}.svc` }, pox: { method: 'pox', url: `${stem}.xml` } }
}

import type { HttpReply } from './reply.ts'

/** One offer of a WWW-Authenticate header. `scheme` in lower case; `token` is what follows it, as it is. */
export interface Challenge {
  readonly scheme: string
  readonly token: string
}

/** Schemes Exchange and the proxies before it are known to name; parameters of one scheme must not be read as another. */
const KNOWN_SCHEME = /^(negotiate|ntlm|kerberos|bearer|basic|digest|wssecurity)$/i

/**
 * Reads what a 401 offers. Several offers may share one header or come one by one.
 * @see RFC 9110 11.6.1
 */
export function readChallenges(reply: HttpReply): Challenge[] {
  const value = reply.headers['www-authenticate']
  const lines = value === undefined ? [] : Array.isArray(value) ? value : [value]
  return lines.flatMap(splitOffers).flatMap((offer) => {
    const [, scheme, token = ''] = /^\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)(?:\s+(.*?))?\s*$/.exec(offer) ?? []
    return scheme === undefined ? [] : [{ scheme: scheme.toLowerCase(), token }]
  })
}

/** Commas part offers as well as the parameters of one offer: a part that begins with a known scheme begins a new offer. */
function splitOffers(line: string): string[] {
  const offers: string[] = []
  for (const part of line.split(',')) {
    const word = /^\s*(\S+)/.exec(part)?.[1] ?? ''
    if (offers.length === 0 || KNOWN_SCHEME.test(word)) offers.push(part)
    else offers.push(`${offers.pop()},${part}`)
  }
  return offers
}

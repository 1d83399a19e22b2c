import type { HttpReply } from './reply.ts'

/** Cookies kept at most, and characters of one at most: what load balancers and Exchange set is far below. */
const MAX_COOKIES = 20
const MAX_COOKIE_LENGTH = 4_096

/** A cookie's name and value as they may go into a header. @see RFC 6265 4.1.1 */
const COOKIE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)=("?[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*"?)$/

/**
 * The cookies by which load balancers and Exchange keep a session on one server (`exchangecookie`, `X-BackEndOverrideCookie`
 * and the balancer's own). One set for one origin and one session: none is ever sent anywhere else, whatever domain it names.
 * @see protocol.md 5
 */
export interface AffinityCookies {
  /** The Cookie header; null when there is none to send. */
  header(): string | null
  /** Takes what an answer sets, and drops what it ends. */
  learn(reply: HttpReply): void
}

/** Starts without cookies. */
export function createAffinityCookies(): AffinityCookies {
  const cookies = new Map<string, string>()
  return {
    header: () => (cookies.size === 0 ? null : [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')),
    learn(reply) {
      const set = reply.headers['set-cookie']
      const lines = set === undefined ? [] : Array.isArray(set) ? set : [set]
      for (const line of lines) {
        const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
        const [, name, value] = pair.length > MAX_COOKIE_LENGTH ? [] : (COOKIE.exec(pair) ?? [])
        if (name === undefined || value === undefined) continue
        cookies.delete(name)
        if (value !== '' && !isEnded(attributes) && cookies.size < MAX_COOKIES) cookies.set(name, value)
      }
    },
  }
}

/** `Max-Age` of zero or less: the server takes the cookie back. */
function isEnded(attributes: readonly string[]): boolean {
  return attributes.some((attribute) => /^max-age=\s*(0|-\d+)$/i.test(attribute))
}

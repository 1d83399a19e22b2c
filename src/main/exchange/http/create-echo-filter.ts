import type { HttpReply, HttpRequest } from './reply.ts'

/** What a server that sends a secret back has it replaced with. */
const WITHHELD = '(withheld)'

/** Shorter ones occur by chance. */
const SHORTEST_SECRET = 8

/** Secrets that are remembered: those of the last sign-ins on the socket, each in its forms. */
const MOST_FORMS = 32

/** Takes out of answers what was sent to sign in. */
export interface EchoFilter {
  /** Remembers what a request signs in with. */
  note(request: HttpRequest): void
  /** The answer, with every header that sends it back changed; the same object where none does. */
  clean(reply: HttpReply): HttpReply
}

/**
 * A server can send back what it was sent, in a header or in the target of a redirect; and headers are shown by the connection
 * doctor, logged, and kept as evidence. The tokens and tickets of a sign-in are known here alone, so here they are taken out:
 * as they were sent, as a URL writes them, and in base64.
 */
export function createEchoFilter(): EchoFilter {
  const forms = new Set<string>()
  let last = ''

  function add(secret: string): void {
    const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '')
    for (const form of [secret, secret.replace(/=+$/, ''), encodeURIComponent(secret), base64]) forms.add(form)
    for (const oldest of forms) {
      if (forms.size <= MOST_FORMS) break
      forms.delete(oldest)
    }
  }

  /** The longest first: what is left of one that was cut out in part would show the rest. */
  const cleanText = (text: string): string =>
    [...forms].sort((a, b) => b.length - a.length).reduce((cleaned, form) => cleaned.replaceAll(form, WITHHELD), text)

  const isEchoing = (value: string | string[] | undefined): boolean => {
    if (typeof value === 'string') {
      for (const form of forms) if (value.includes(form)) return true
      return false
    }
    return value?.some(isEchoing) ?? false
  }

  return {
    note({ headers }) {
      const { authorization } = headers
      if (authorization === undefined || authorization === last) return
      last = authorization
      const secret = authorization.slice(authorization.indexOf(' ') + 1)
      if (authorization.includes(' ') && secret.length >= SHORTEST_SECRET) add(secret)
    },
    clean(reply) {
      if (forms.size === 0 || !Object.values(reply.headers).some(isEchoing)) return reply
      const cleaned = Object.entries(reply.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map(cleanText) : value === undefined ? undefined : cleanText(value),
      ])
      return { ...reply, headers: Object.fromEntries(cleaned) }
    },
  }
}

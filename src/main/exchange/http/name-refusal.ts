import type { AppError } from '../../../shared/errors.ts'
import { DEFAULT_BACK_OFF_MS, readRetryAfter } from './read-retry-after.ts'
import { type HttpReply, headerOf } from './reply.ts'

/**
 * Names an HTTP answer that is not what was asked for, by its status (protocol.md 1.2, 5). 401 comes here only after a
 * complete sign-in.
 * @param url what was asked; only its origin and path are told
 */
export function nameRefusal(reply: HttpReply, url: URL, nowMs: number): AppError {
  const endpoint = url.origin
  const { status } = reply
  const missed = status === 400 || status === 403 ? nameMissedCertificate(reply) : null
  if (missed !== null) return { code: 'client-certificate-refused', endpoint, reason: missed }
  switch (status) {
    case 401:
      return { code: 'unauthorized', endpoint, hint: 'wrong-password' }
    // The account is locked; another try would only keep it so (protocol.md 2.7).
    case 456:
      return { code: 'unauthorized', endpoint, hint: 'account-locked' }
    case 403:
      return { code: 'forbidden', endpoint }
    case 429:
    case 503:
      return { code: 'throttled', endpoint, retryAfterMs: readRetryAfter(headerOf(reply, 'retry-after'), nowMs) }
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      return nameRedirect(headerOf(reply, 'location'), url, status)
    default:
      return { code: 'unexpected-answer', endpoint, status, detail: describeStatus(status) }
  }
}

type Missed = Extract<AppError, { code: 'client-certificate-refused' }>['reason']

/** Pages by which servers say what is wrong with the client certificate, after a handshake without an alert: nginx and IIS. */
const CERTIFICATE_PAGES: readonly (readonly [RegExp, Missed])[] = [
  [/No required SSL certificate was sent/, 'missing'],
  [/The SSL certificate error/, 'refused'],
  [/\b403\.7\b/, 'missing'],
  [/\b403\.13\b/, 'revoked'],
  [/\b403\.16\b/, 'unknown-issuer'],
  [/\b403\.17\b/, 'expired'],
]

function nameMissedCertificate({ body }: HttpReply): Missed | null {
  const page = Buffer.from(body).subarray(0, 10_000).toString('latin1')
  return CERTIFICATE_PAGES.find(([words]) => words.test(page))?.[1] ?? null
}

/** A redirect where none belongs. Exchange sends one to its generic error page when it is out of order for a moment. */
function nameRedirect(location: string | null, url: URL, status: number): AppError {
  const endpoint = url.origin
  const target = location === null || !URL.canParse(location, url.href) ? null : new URL(location, url)
  if (target === null) {
    return { code: 'unexpected-answer', endpoint, status, detail: 'a redirect without a target' }
  }
  if (target.origin === url.origin && /genericerrorpage/i.test(target.pathname)) {
    return { code: 'throttled', endpoint, retryAfterMs: DEFAULT_BACK_OFF_MS }
  }
  if (target.origin !== url.origin) {
    return { code: 'redirect-refused', endpoint, target: `${target.origin}${target.pathname}` }
  }
  // A reverse proxy of Microsoft's that wants a certificate; asking again would change nothing (protocol.md 1.2).
  if (/^\/internalsite\//i.test(target.pathname)) {
    return { code: 'client-certificate-refused', endpoint, reason: 'missing' }
  }
  const detail = `a redirect to ${target.pathname}, as for people in a browser`
  return { code: 'unexpected-answer', endpoint, status, detail }
}

function describeStatus(status: number): string {
  if (status === 200) return 'the body is not what was asked for'
  if (status === 400) return 'the server did not understand the request'
  if (status === 404 || status === 410) return 'there is nothing at this address'
  if (status === 405 || status === 501) return 'the server does not do this'
  if (status >= 500) return 'a fault inside the server'
  return 'an unexpected status'
}

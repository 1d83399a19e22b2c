/** No answer counts as fresh for longer than this (ms): a week, as long as Exchange keeps its own copies (protocol.md 1.3). */
const MAX_FRESH_MS = 7 * 24 * 3_600_000

/** The headers that say how long an answer stays fresh. */
export interface FreshnessHeaders {
  readonly cacheControl: string | null
  readonly expires: string | null
  readonly date: string | null
}

/**
 * Until when the server says that its answer stays true (ms since 1970); null when it does not say, or says "not at all".
 * `max-age` wins over `Expires`, which is read against the server's own clock.
 * @see RFC 9111 4.2.1; protocol.md 1.2
 */
export function readFreshUntil(headers: FreshnessHeaders, nowMs: number): number | null {
  const cacheControl = headers.cacheControl?.toLowerCase() ?? ''
  if (/(^|[\s,])no-(store|cache)([\s,]|$)/.test(cacheControl)) return null
  const maxAge = /(?:^|[\s,])max-age="?(\d{1,10})/.exec(cacheControl)?.[1]
  if (maxAge !== undefined) return until(Number(maxAge) * 1000, nowMs)
  const expiresMs = Date.parse(headers.expires ?? '')
  if (Number.isNaN(expiresMs)) return null
  const serverNowMs = Date.parse(headers.date ?? '')
  return until(expiresMs - (Number.isNaN(serverNowMs) ? nowMs : serverNowMs), nowMs)
}

function until(freshMs: number, nowMs: number): number | null {
  return freshMs > 0 ? nowMs + Math.min(freshMs, MAX_FRESH_MS) : null
}

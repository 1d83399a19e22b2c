/** How long to wait when a busy server does not say (ms); the first wait of other clients (protocol.md 5). */
export const DEFAULT_BACK_OFF_MS = 10_000

/** The longest that a timer can hold (ms), 24 days: the only bound of what a server may ask for. */
const MAX_BACK_OFF_MS = 2_147_483_647

/**
 * Reads a Retry-After header: seconds, or a date.
 * @returns ms to wait, as the server says, 0 to 24 days; the default when the header is absent or makes no sense
 * @see RFC 9110 10.2.3
 */
export function readRetryAfter(header: string | null, nowMs: number): number {
  const text = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return clamp(Number(text) * 1000)
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? DEFAULT_BACK_OFF_MS : clamp(atMs - nowMs)
}

/** Reads a BackOffMilliseconds value; the default when it is absent or zero ("Suggested backoff time 0 ms" still means busy). */
export function readBackOffMs(text: string): number {
  const value = Number(text.trim())
  return Number.isFinite(value) && value > 0 ? clamp(value) : DEFAULT_BACK_OFF_MS
}

function clamp(delayMs: number): number {
  return Math.round(Math.min(Math.max(delayMs, 0), MAX_BACK_OFF_MS))
}

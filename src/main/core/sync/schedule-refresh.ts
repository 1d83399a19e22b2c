import type { RefreshTimes } from './ports.ts'

const HOUR_MS = 3_600_000
/** A refresh that did not come to its end is tried again after this, or after the interval where that is shorter (ms). */
const RETRY_MS = HOUR_MS

/**
 * When the next scheduled refresh is due (ms since 1970): an interval after the last one began, at once when there was none, and
 * soon after one that did not come to its end. Null: it is switched off. However long Rollcall was closed, it is due once.
 * @param everyHours the interval; null: never
 */
export function nextRefreshMs(everyHours: number | null, times: RefreshTimes, nowMs: number): number | null {
  if (everyHours === null) return null
  const { triedMs, endedMs } = times
  if (triedMs === null) return nowMs
  const everyMs = everyHours * HOUR_MS
  const hasEnded = endedMs !== null && endedMs >= triedMs
  // A clock that was set back must not keep it from coming for years.
  return Math.min(triedMs, nowMs) + (hasEnded ? everyMs : Math.min(everyMs, RETRY_MS))
}

/** What a refresh asks for: what was not answered in the latter half of the interval, whatever the settings call fresh. */
export function refreshFreshness(everyHours: number): { readonly freshHours: number; readonly absentHours: number } {
  return { freshHours: everyHours / 2, absentHours: everyHours / 2 }
}

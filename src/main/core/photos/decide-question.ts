import type { Settings } from '../../../shared/settings.ts'
import type { HeldPhoto } from './ports.ts'

const HOUR_MS = 3_600_000

/** How long answers stay good. */
export type Freshness = Pick<Settings['library'], 'freshHours' | 'absentHours'>

/** `fresh`: use what is held. `due`: ask, it was never answered. `stale`: held, but to be validated. */
export type Standing = 'fresh' | 'stale' | 'due'

/**
 * Whether what is held still holds. The server's own lower bound (`freshUntilMs`) can lengthen the settings' hours, never
 * shorten them. A failed attempt after a verdict makes it stale: the verdict stays, the question is open.
 */
export function judgeStanding(held: HeldPhoto | null, freshness: Freshness, nowMs: number): Standing {
  if (held === null || held.record.verdict === 'not-asked' || held.record.checkedMs === null) return 'due'
  if (held.record.error !== null) return 'stale'
  const hours = held.record.verdict === 'photo' ? freshness.freshHours : freshness.absentHours
  const goodUntilMs = Math.max(held.record.checkedMs + hours * HOUR_MS, held.freshUntilMs ?? 0)
  return nowMs < goodUntilMs ? 'fresh' : 'stale'
}

/**
 * The validator to send as If-None-Match: the held ETag, verbatim, and only when the picture it stands for is at hand and
 * whole. A 304 without the picture would leave nothing to show. An ETag that came with other bytes before is not sent.
 * @param hasWholeBytes reads the picture and checks its hash
 */
export function chooseValidator(
  held: HeldPhoto | null,
  hasWholeBytes: (contentHash: string) => boolean,
): string | null {
  if (held === null) return null
  const { verdict, etag, contentHash, isEtagTrusted } = held.record
  if (verdict !== 'photo' || etag === null || contentHash === null || !isEtagTrusted) return null
  return hasWholeBytes(contentHash) ? etag : null
}

import type { PhotoOutcome, PhotoRecord } from '../../../shared/photos.ts'
import { isNotAvailable } from '../photos/name-outcome.ts'

/** What a photo came to in a run that began at `sinceMs`. */
export interface EarlierOutcome {
  readonly outcome: PhotoOutcome
  /** "No photo" where one was held. */
  readonly isRemoved: boolean
}

/**
 * What an interrupted run had of a photo already; null: no answer, so it is asked. A failure is asked again, unless it is the
 * server's word about the person. Times from a clock that was set since are not believed.
 */
export function answeredSince(record: PhotoRecord, sinceMs: number, nowMs: number): EarlierOutcome | null {
  const isIn = (atMs: number | null): boolean => atMs !== null && atMs >= sinceMs && atMs <= nowMs
  const { error, refused, verdict, checkedMs, askedMs, firstSeenMs, changedMs } = record
  if (error !== null) {
    return isNotAvailable(error) && isIn(askedMs) ? { outcome: 'not-available', isRemoved: false } : null
  }
  if (!isIn(checkedMs) || (refused !== null && isIn(refused.atMs))) return null
  if (verdict === 'absent') return { outcome: 'none', isRemoved: record.isRemoved && isIn(changedMs) }
  return { outcome: isIn(firstSeenMs) ? 'new' : isIn(changedMs) ? 'changed' : 'same', isRemoved: false }
}

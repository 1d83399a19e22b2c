import type { PhotoOutcome, SyncReport } from '../../../shared/photos.ts'
import type { WireCost } from './create-photo-asker.ts'

/** Counts what a sync came to; its report always adds up (F47). */
export interface Tally {
  /** @param isRemoved "no photo" where one was held */
  countLine(outcome: PhotoOutcome, isRemoved: boolean): void
  /** The same for one that was answered before the run was interrupted. */
  countEarlier(outcome: PhotoOutcome, isRemoved: boolean): void
  countCost(cost: WireCost): void
  /** @param elapsedMs since the sync began */
  report(elapsedMs: number): SyncReport
}

/** Makes an empty tally. */
export function createTally(): Tally {
  const lines: Record<PhotoOutcome, number> = {
    new: 0,
    changed: 0,
    same: 0,
    none: 0,
    'not-available': 0,
    failed: 0,
  }
  let removed = 0
  let earlier = 0
  const cost = { requests: 0, bytesReceived: 0, bytesSaved: 0 }
  function countLine(outcome: PhotoOutcome, isRemoved: boolean): void {
    lines[outcome] += 1
    if (isRemoved) removed += 1
  }
  return {
    countLine,
    countEarlier(outcome, isRemoved) {
      earlier += 1
      countLine(outcome, isRemoved)
    },
    countCost(more) {
      cost.requests += more.requests
      cost.bytesReceived += more.bytesReceived
      cost.bytesSaved += more.bytesSaved
    },
    report: (elapsedMs) => ({
      asked: Object.values(lines).reduce((sum, count) => sum + count, 0),
      earlier,
      new: lines.new,
      changed: lines.changed,
      same: lines.same,
      none: lines.none,
      removed,
      notAvailable: lines['not-available'],
      failed: lines.failed,
      ...cost,
      seconds: elapsedMs / 1000,
    }),
  }
}

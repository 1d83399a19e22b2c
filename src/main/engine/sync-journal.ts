import type { Clock } from '../core/ports.ts'
import type { SyncPlanRepository } from '../core/sync/ports.ts'
import type { SyncEnd } from '../core/sync/run-sync.ts'
import type { SyncRequest } from './session-types.ts'

/** An interrupted sync older than this is not worth going on with: what it had is stale again (ms). */
const KEPT_MS = 7 * 86_400_000

/** Keeps what the syncs of one library are about, so that they can go on after whatever broke them off (F86). */
export interface SyncJournal {
  listInterrupted(): ReturnType<SyncPlanRepository['list']>
  /**
   * Runs a sync as its request says. Its plan is in the library before the first question and goes when the sync has come to its
   * end, or a person cancelled it; a crash, a closed window and a server that stays away leave it.
   * @param run is given the time since when answers count; null for a sync that begins
   */
  keepWhile(request: SyncRequest, run: (sinceMs: number | null) => Promise<SyncEnd>): Promise<SyncEnd>
}

/** Opens the journal; what is too old to go on with is dropped. */
export function createSyncJournal(plans: SyncPlanRepository, clock: Clock): SyncJournal {
  const running = new Set<string>()
  plans.removeBegunBefore(clock.nowMs() - KEPT_MS)

  return {
    listInterrupted: () => plans.list().filter(({ id }) => !running.has(id)),
    async keepWhile(request, run) {
      const { plan, ask, sizeCodes, addresses, context } = request
      if (plan === undefined) return run(null)
      const isGoingOn = 'resume' in plan
      const kept = isGoingOn
        ? plan.resume
        : plans.begin({ kind: plan.kind, ask, sizeCodes, startedMs: clock.nowMs() }, addresses)
      running.add(kept.id)
      try {
        const end = await run(isGoingOn ? kept.startedMs : null)
        const isOver = context.signal.aborted ? context.isCancelled?.() === true : end.stoppedBy === null
        if (isOver) plans.remove(kept.id)
        return end
      } finally {
        running.delete(kept.id)
      }
    },
  }
}

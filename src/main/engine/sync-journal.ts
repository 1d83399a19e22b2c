import { describeThrown } from '../core/jobs/describe-thrown.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { KeptPlan, PlanProgress, SyncPlanRepository, WholePlan } from '../core/sync/ports.ts'
import type { SyncEnd } from '../core/sync/run-sync.ts'
import { takeSteps } from '../core/sync/take-steps.ts'
import type { SyncRequest } from './session-types.ts'

/** An interrupted sync older than this is not worth going on with: what it had is stale again (ms). */
const KEPT_MS = 7 * 86_400_000
/** What is half written for longer was broken off at it (ms). */
const WRITTEN_WITHIN_MS = 3_600_000

/** Keeps what the syncs of one library are about, so that they can go on after whatever broke them off (F86). */
export interface SyncJournal {
  /** Those that are not under way, the last begun first. */
  listInterrupted(): Promise<(KeptPlan & PlanProgress)[]>
  /** One of them with everybody it is about; null: there is none of that id. */
  findInterrupted(id: string): Promise<WholePlan | null>
  /** Gives one of them up; answers whether there was one. */
  dropInterrupted(id: string): boolean
  /**
   * Runs a sync as its request says. Its plan is in the library before the first question and goes when the sync has come to its
   * end, or a person cancelled it; a crash, a closed window and a server that stays away leave it.
   * @param run is given the time since when answers count; null for a sync that begins
   */
  keepWhile(request: SyncRequest, run: (sinceMs: number | null) => Promise<SyncEnd>): Promise<SyncEnd>
}

/**
 * Opens the journal; what is too old to go on with is dropped.
 * @param closing aborted before the library is closed: no further step is taken then
 */
export function createSyncJournal(
  plans: SyncPlanRepository,
  clock: Clock,
  log: Log,
  closing: AbortSignal,
): SyncJournal {
  const running = new Set<string>()
  let isSweeping = false
  const nowMs = clock.nowMs()
  plans.removeBegunBefore(nowMs - KEPT_MS, nowMs - WRITTEN_WITHIN_MS)
  sweep()

  function sweep(): void {
    if (isSweeping) return
    isSweeping = true
    takeSteps(plans.sweep(), clock, closing)
      .catch((cause) => describeThrown(log, 'removing plans', cause))
      .finally(() => {
        isSweeping = false
      })
  }

  async function keepWhole(request: SyncRequest, isGivenUp: AbortSignal): Promise<KeptPlan | null> {
    const { plan, ask, sizeCodes, addresses } = request
    if (plan === undefined) return null
    if ('resume' in plan) return plan.resume
    const begun = { kind: plan.kind, ask, sizeCodes, startedMs: clock.nowMs() }
    return takeSteps(plans.begin(begun, addresses), clock, isGivenUp)
  }

  return {
    async listInterrupted() {
      const listed: (KeptPlan & PlanProgress)[] = []
      for (const plan of plans.list()) {
        if (running.has(plan.id)) continue
        const progress = await takeSteps(plans.count(plan.id), clock, closing)
        if (progress !== null && !running.has(plan.id)) listed.push({ ...plan, ...progress })
      }
      return listed
    },
    async findInterrupted(id) {
      return running.has(id) ? null : takeSteps(plans.find(id), clock, closing)
    },
    dropInterrupted(id) {
      if (running.has(id) || !plans.remove(id)) return false
      sweep()
      return true
    },
    async keepWhile(request, run) {
      const { context, plan } = request
      const isGivenUp = AbortSignal.any([context.signal, closing])
      const kept = await keepWhole(request, isGivenUp)
      if (kept === null) {
        sweep()
        return run(null)
      }
      running.add(kept.id)
      try {
        const end = await run(plan !== undefined && 'resume' in plan ? kept.startedMs : null)
        const isOver = context.signal.aborted ? context.isCancelled?.() === true : end.stoppedBy === null
        if (isOver && plans.remove(kept.id)) sweep()
        return end
      } finally {
        running.delete(kept.id)
      }
    },
  }
}

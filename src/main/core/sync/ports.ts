import type { SyncKind } from '../../../shared/photos.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { Steps } from './take-steps.ts'

/** What a sync is about. `startedMs`: what was answered since then is done. */
export interface KeptPlan {
  readonly id: string
  readonly kind: SyncKind
  readonly ask: 'stale' | 'all'
  readonly sizeCodes: readonly SizeCode[]
  readonly startedMs: number
}

/** A plan with everybody it is about. */
export interface WholePlan extends KeptPlan {
  readonly addresses: SmtpAddress[]
}

/** How far a sync has come. `photos`: all that it is about; `done`: answered since it began. */
export interface PlanProgress {
  readonly photos: number
  readonly done: number
}

/** When the scheduled refresh was last tried, and when it last came to its end (ms since 1970); null: never. */
export interface RefreshTimes {
  readonly triedMs: number | null
  readonly endedMs: number | null
}

/**
 * Syncs that have not come to their end, in the library. What grows with the people of a plan is done in steps of some
 * milliseconds, each a transaction of its own.
 */
export interface SyncPlanRepository {
  /** Nobody finds the plan before its last step is taken. */
  begin(plan: Omit<KeptPlan, 'id'>, addresses: readonly SmtpAddress[]): Steps<KeptPlan>
  /** The last begun first. */
  list(): KeptPlan[]
  count(id: string): Steps<PlanProgress>
  /** Whom a plan is about; null: there is none of that id. */
  find(id: string): Steps<WholePlan | null>
  /** Nobody finds it any more; `sweep` removes what it holds. Answers whether there was one. */
  remove(id: string): boolean
  /** Removes those begun before a time; and, half written, those of which nothing can come any more. */
  removeBegunBefore(beforeMs: number, unfinishedBeforeMs: number): void
  /** Removes what removed plans hold. */
  sweep(): Steps<void>
  refreshTimes(): RefreshTimes
  saveRefreshTimes(times: { readonly triedMs: number; readonly endedMs: number | null }): void
}

import type { SyncKind } from '../../../shared/photos.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'

/** What a sync is about. `startedMs`: what was answered since then is done. */
export interface KeptPlan {
  readonly id: string
  readonly kind: SyncKind
  readonly ask: 'stale' | 'all'
  readonly sizeCodes: readonly SizeCode[]
  readonly startedMs: number
}

/** When the scheduled refresh was last tried, and when it last came to its end (ms since 1970); null: never. */
export interface RefreshTimes {
  readonly triedMs: number | null
  readonly endedMs: number | null
}

/** Syncs that have not come to their end, in the library, synchronous. */
export interface SyncPlanRepository {
  begin(plan: Omit<KeptPlan, 'id'>, addresses: readonly SmtpAddress[]): KeptPlan
  /** The last begun first. `photos`: all that it is about; `done`: answered since it began. */
  list(): (KeptPlan & { readonly photos: number; readonly done: number })[]
  find(id: string): (KeptPlan & { readonly addresses: SmtpAddress[] }) | null
  /** Answers whether there was one. */
  remove(id: string): boolean
  removeBegunBefore(beforeMs: number): void
  refreshTimes(): RefreshTimes
  saveRefreshTimes(times: { readonly triedMs: number; readonly endedMs: number | null }): void
}

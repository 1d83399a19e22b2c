import type { Account } from '../../shared/connections.ts'
import type { Scope } from '../../shared/people.ts'
import type { PhotoOutcome, PhotoRecord, SyncEstimate, SyncKind } from '../../shared/photos.ts'
import type { SizeCode } from '../../shared/size-codes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { AcceptedFindings } from '../core/audit/ports.ts'
import type { JobContext } from '../core/jobs/ports.ts'
import type { PeopleIndex } from '../core/people/people-index.ts'
import type { DirectorySource, PeopleRepository } from '../core/people/ports.ts'
import type { Freshness } from '../core/photos/decide-question.ts'
import type { HeldPhoto, PhotoRepository } from '../core/photos/ports.ts'
import type { KeptPlan, PlanProgress, SyncPlanRepository, WholePlan } from '../core/sync/ports.ts'
import type { SyncEnd } from '../core/sync/run-sync.ts'
import type { Filling } from './fill-index.ts'
import type { EngineHandle } from './host-ports.ts'

/** Who waits for a photo; lower goes first (F48). */
export type PhotoPriority = 'visible' | 'opened' | 'background'

/** What became of one photo in a sync. */
export interface SyncLine {
  readonly outcome: PhotoOutcome
  readonly record: PhotoRecord
}

export interface SyncRequest {
  readonly addresses: readonly SmtpAddress[]
  readonly sizeCodes: readonly SizeCode[]
  /** `stale`: only what is due by the settings (fresh ones count as `same`, without a request); `all`: ask for each. */
  readonly ask: 'stale' | 'all'
  /** Keeps what the sync is about until it has come to its end; or goes on with one that was kept. Left out: nothing is kept. */
  readonly plan?: { readonly kind: SyncKind } | { readonly resume: KeptPlan }
  /** How long answers stay good, where that differs from the settings. */
  readonly freshness?: Freshness
  /** Cancelled by a person, a plan is not kept; given up in any other way, it is. */
  readonly context: Pick<JobContext, 'signal' | 'setTotal' | 'advance' | 'fail'> &
    Partial<Pick<JobContext, 'pause' | 'isCancelled'>>
  /** Called when the photo is safely stored. */
  readonly onPhoto?: (line: SyncLine) => void
}

/** One opened account: its library, its index and its way to the server. */
export interface AccountSession {
  readonly account: Account
  readonly people: PeopleRepository
  readonly photos: PhotoRepository
  readonly index: PeopleIndex
  readonly filling: Filling
  readonly plans: SyncPlanRepository
  readonly accepted: AcceptedFindings
  readonly directory: DirectorySource
  /** The addresses a scope means, in the query's order, lists kept as given, each once. */
  resolveScope(scope: Scope): SmtpAddress[]
  /** Held and fresh: from the library. Otherwise asked, joining a request that is on its way. Never rejects. */
  ensurePhoto(
    address: SmtpAddress,
    sizeCode: SizeCode,
    options: { priority: PhotoPriority; signal: AbortSignal; isForced?: boolean; isInFull?: boolean },
  ): Promise<HeldPhoto>
  /** What a sync would cost, about: from a sample of the people. */
  estimateSync(what: Pick<SyncRequest, 'addresses' | 'sizeCodes' | 'ask'>): SyncEstimate
  /** Syncs that were broken off and are not under way now, the last begun first. */
  listInterrupted(): Promise<(KeptPlan & PlanProgress)[]>
  /** One of them with everybody it is about; null: there is none of that id. */
  findInterrupted(id: string): Promise<WholePlan | null>
  /** Gives one of them up; answers whether there was one. */
  dropInterrupted(id: string): boolean
  /** Syncs; one person's failure never ends it. A refused sign-in or a server that stays away does, and is `stoppedBy`. */
  sync(request: SyncRequest): Promise<SyncEnd>
}

/** An engine in this thread, as the command line and the tests use it. */
export interface InProcessEngine extends EngineHandle {
  /** The opened account; null when there is none. */
  session(): AccountSession | null
}

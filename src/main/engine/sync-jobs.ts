import type { JobId } from '../../shared/jobs.ts'
import type { Scope } from '../../shared/people.ts'
import type { SyncKind } from '../../shared/photos.ts'
import type { SizeCode } from '../../shared/size-codes.ts'
import type { JobRunner } from '../core/jobs/ports.ts'
import type { Freshness } from '../core/photos/decide-question.ts'
import type { AccountSession, SyncRequest } from './session-types.ts'

/** What a sync job is about. A person's sync asks for everything in scope, conditionally; a check and a refresh for what is due. */
export interface SyncJob {
  readonly kind: SyncKind
  readonly ask: 'stale' | 'all'
  readonly sizeCodes: readonly SizeCode[]
  readonly scope: Scope
  readonly freshness?: Freshness
}

/** Starts a sync that goes on after a crash. */
export function startSyncJob(jobs: JobRunner, session: AccountSession, job: SyncJob): JobId {
  const { kind, ask, sizeCodes, scope, freshness } = job
  return run(jobs, session, kind, () => ({
    addresses: session.resolveScope(scope),
    ...{ ask, sizeCodes, plan: { kind } },
    ...(freshness === undefined ? {} : { freshness }),
  }))
}

/** Goes on with a sync that was broken off; null when there is none of that id, or it is under way. */
export async function resumeSyncJob(
  jobs: JobRunner,
  session: AccountSession,
  id: string,
  freshness?: Freshness,
): Promise<JobId | null> {
  const plan = await session.findInterrupted(id)
  if (plan === null) return null
  const { kind, ask, sizeCodes, addresses } = plan
  return run(jobs, session, kind, () => ({
    ...{ addresses, sizeCodes, ask, plan: { resume: plan } },
    ...(freshness === undefined ? {} : { freshness }),
  }))
}

function run(
  jobs: JobRunner,
  session: AccountSession,
  kind: SyncKind,
  describe: () => Omit<SyncRequest, 'context'>,
): JobId {
  const jobKind = kind === 'audit' ? 'audit' : 'sync'
  return jobs.start(jobKind, async (context) => {
    const { stoppedBy, ...report } = await session.sync({ ...describe(), context })
    return stoppedBy === null ? { result: { kind: jobKind, report } } : { error: stoppedBy }
  })
}

import { isUnderWay } from '../../shared/jobs.ts'
import type { RefreshStatus } from '../../shared/library.ts'
import type { Settings } from '../../shared/settings.ts'
import { describeThrown } from '../core/jobs/describe-thrown.ts'
import type { JobRunner } from '../core/jobs/ports.ts'
import type { Clock, Log } from '../core/ports.ts'
import { nextRefreshMs, refreshFreshness } from '../core/sync/schedule-refresh.ts'
import type { OpenedAccount } from './account-session.ts'
import { AUDIT_SIZE_CODES } from './audit-service.ts'
import { resumeSyncJob, startSyncJob } from './sync-jobs.ts'

/** How often it is looked whether a refresh is due, and whether it can begin (ms): a timer does not run on while a computer sleeps. */
const LOOK_EVERY_MS = 30_000

export interface ScheduledRefreshOptions {
  readonly jobs: JobRunner
  readonly clock: Clock
  readonly log: Log
  readonly settings: () => Settings
  /** Tells the page that what `read` answers has changed. */
  readonly onChange: () => void
}

/** Asks for the photos of everybody known, at the interval that is set (F49). */
export interface ScheduledRefresh {
  /** Looks after an account until it is closed. */
  follow(session: OpenedAccount): void
  read(session: OpenedAccount): RefreshStatus
}

/** Makes the schedule. It follows nobody yet. */
export function createScheduledRefresh({
  jobs,
  clock,
  log,
  settings,
  onChange,
}: ScheduledRefreshOptions): ScheduledRefresh {
  const everyHours = (): number | null => settings().library.refreshHours

  function isBusy(): boolean {
    return jobs.list().some(({ kind, state }) => kind !== 'export' && isUnderWay(state))
  }

  function dueMs(session: OpenedAccount): number | null {
    return nextRefreshMs(everyHours(), session.plans.refreshTimes(), clock.nowMs())
  }

  /** Without the server, before anybody is known, and beside other work that asks, it waits for its turn. */
  function canBegin(session: OpenedAccount): boolean {
    return session.status().state === 'online' && session.people.count() > 0 && !isBusy()
  }

  async function refresh(session: OpenedAccount, hours: number): Promise<void> {
    const { plans } = session
    const triedMs = clock.nowMs()
    plans.saveRefreshTimes({ triedMs, endedMs: plans.refreshTimes().endedMs })
    const broken = (await session.listInterrupted()).find(({ kind }) => kind === 'refresh')
    const freshness = refreshFreshness(hours)
    const scope = { of: { kind: 'all' as const }, except: [] }
    const what = { kind: 'refresh', ask: 'stale', sizeCodes: AUDIT_SIZE_CODES, scope, freshness } as const
    const resumed = broken === undefined ? null : await resumeSyncJob(jobs, session, broken.id, freshness)
    const id = resumed ?? startSyncJob(jobs, session, what)
    onChange()
    await jobs.whenEnded(id)
    // Done, or cancelled by a person: until the next interval. Otherwise its plan is still there, and goes on.
    const isOver = !(await session.listInterrupted()).some(({ kind }) => kind === 'refresh')
    if (isOver) plans.saveRefreshTimes({ triedMs, endedMs: clock.nowMs() })
    onChange()
  }

  async function run(session: OpenedAccount): Promise<void> {
    while (!session.closed.aborted) {
      const hours = everyHours()
      const nextMs = dueMs(session)
      if (hours !== null && nextMs !== null && nextMs <= clock.nowMs() && canBegin(session))
        await refresh(session, hours)
      else await clock.wait(LOOK_EVERY_MS, session.closed)
    }
  }

  return {
    follow(session) {
      run(session).catch((cause) => describeThrown(log, 'the scheduled refresh', cause))
    },
    read(session) {
      const { endedMs } = session.plans.refreshTimes()
      return { everyHours: everyHours(), nextMs: dueMs(session), lastMs: endedMs }
    },
  }
}

import type { HoldReason, Job, JobFailure, JobId } from '../../../shared/jobs.ts'
import type { Clock, Log } from '../ports.ts'
import { describeThrown } from './describe-thrown.ts'
import type { JobContext, JobEnd, JobRunner } from './ports.ts'

/** How often a running job is told of, at most (ms). */
const TELL_EVERY_MS = 300
/** Failures that are listed; all are counted. */
const LISTED_FAILURES = 1_000
/** Ended jobs that are remembered. */
const KEPT_JOBS = 20

export interface JobRunnerOptions {
  readonly clock: Clock
  readonly log: Log
  /** Told of every job: at once when it starts and ends, in between at most every 300 ms. */
  readonly onChange: (job: Job) => void
}

/** A job while it is worked on. */
interface RunningJob {
  readonly job: Job
  readonly failures: JobFailure[]
  readonly controller: AbortController
  readonly ended: Promise<Job>
  /** Aborted when the job has ended: nobody waits to tell of it any more. */
  readonly over: AbortController
  /** Aborted at each pause, and made anew at each resume. */
  active: AbortController
  /** Null while the job is not paused. */
  resumed: PromiseWithResolvers<void> | null
  isToldSoon: boolean
  isCancelled: boolean
}

/** Starts, tells of, cancels and remembers jobs. */
export function createJobRunner({ clock, log, onChange }: JobRunnerOptions): JobRunner {
  /** In the order of their start. */
  const jobs = new Map<JobId, RunningJob>()
  let heldBy: HoldReason | null = null

  function snapshot(running: RunningJob): Job {
    return { ...running.job, failures: [...running.failures] }
  }

  function tellSoon(running: RunningJob): void {
    if (running.isToldSoon) return
    running.isToldSoon = true
    void clock.wait(TELL_EVERY_MS, running.over.signal).then(() => {
      running.isToldSoon = false
      if (!hasEnded(running)) onChange(snapshot(running))
    })
  }

  function contextOf(running: RunningJob): JobContext {
    const { job, controller } = running
    return {
      signal: controller.signal,
      isCancelled: () => running.isCancelled,
      setTotal(total) {
        job.total = total
        tellSoon(running)
      },
      advance(count = 1) {
        job.done += count
        tellSoon(running)
      },
      fail(subject, error) {
        job.failed += 1
        if (running.failures.length < LISTED_FAILURES) running.failures.push({ subject, error })
        tellSoon(running)
      },
      pause: {
        active: () => running.active.signal,
        whenResumed: () => running.resumed?.promise ?? Promise.resolve(),
      },
    }
  }

  async function runGuarded(running: RunningJob, work: (context: JobContext) => Promise<JobEnd>): Promise<JobEnd> {
    try {
      return await work(contextOf(running))
    } catch (cause) {
      return { error: describeThrown(log, `job ${running.job.kind}`, cause) }
    }
  }

  async function run(running: RunningJob, work: (context: JobContext) => Promise<JobEnd>): Promise<Job> {
    const end = await runGuarded(running, work)
    const { job } = running
    const isCancelled = running.controller.signal.aborted || ('error' in end && end.error.code === 'cancelled')
    if ('result' in end) job.result = end.result
    else if (end.error.code !== 'cancelled') job.error = end.error
    job.state = job.error !== null ? 'failed' : isCancelled ? 'cancelled' : 'done'
    job.pausedBy = null
    job.endedMs = clock.nowMs()
    running.over.abort()
    dropOldest()
    const told = snapshot(running)
    onChange(told)
    return told
  }

  function dropOldest(): void {
    const ended = [...jobs.values()].filter(hasEnded)
    for (const running of ended.slice(0, Math.max(0, ended.length - KEPT_JOBS))) jobs.delete(running.job.id)
  }

  /** Brings the state of a job that has not ended in line; answers whether it changed. */
  function fitState(running: RunningJob): boolean {
    const { job } = running
    const pausedBy = running.resumed !== null ? 'person' : job.kind === 'export' ? null : heldBy
    if (hasEnded(running) || pausedBy === job.pausedBy) return false
    job.pausedBy = pausedBy
    job.state = pausedBy === null ? 'running' : 'paused'
    return true
  }

  function goOn(running: RunningJob): void {
    if (running.resumed === null) return
    running.active = new AbortController()
    running.resumed.resolve()
    running.resumed = null
  }

  function cancel(running: RunningJob): void {
    running.controller.abort()
    goOn(running)
    running.active.abort()
  }

  return {
    start(kind, work) {
      const id = crypto.randomUUID() as JobId
      const settled = Promise.withResolvers<Job>()
      const running: RunningJob = {
        job: {
          id,
          kind,
          state: 'running',
          pausedBy: null,
          done: 0,
          total: null,
          failed: 0,
          failures: [],
          startedMs: clock.nowMs(),
          endedMs: null,
          error: null,
          result: null,
        },
        failures: [],
        controller: new AbortController(),
        ended: settled.promise,
        over: new AbortController(),
        active: new AbortController(),
        resumed: null,
        isToldSoon: false,
        isCancelled: false,
      }
      jobs.set(id, running)
      fitState(running)
      onChange(snapshot(running))
      settled.resolve(run(running, work))
      return id
    },
    list: () => [...jobs.values()].reverse().map(snapshot),
    find(id) {
      const running = jobs.get(id)
      return running ? snapshot(running) : null
    },
    pause(id) {
      const running = jobs.get(id)
      if (!running) return null
      if (!hasEnded(running) && running.resumed === null && !running.controller.signal.aborted) {
        running.resumed = Promise.withResolvers()
        running.active.abort()
        if (fitState(running)) onChange(snapshot(running))
      }
      return snapshot(running)
    },
    resume(id) {
      const running = jobs.get(id)
      if (!running) return null
      if (running.resumed !== null) {
        goOn(running)
        if (fitState(running)) onChange(snapshot(running))
      }
      return snapshot(running)
    },
    cancel(id) {
      const running = jobs.get(id)
      if (!running) return null
      running.isCancelled = true
      cancel(running)
      return snapshot(running)
    },
    setHold(reason) {
      heldBy = reason
      for (const running of jobs.values()) if (fitState(running)) onChange(snapshot(running))
    },
    whenEnded(id) {
      const running = jobs.get(id)
      return running ? running.ended : Promise.reject(new Error(`no such job: ${id}`))
    },
    async close() {
      for (const running of jobs.values()) cancel(running)
      await Promise.all([...jobs.values()].map((running) => running.ended))
    },
  }
}

function hasEnded({ job }: RunningJob): boolean {
  return job.endedMs !== null
}

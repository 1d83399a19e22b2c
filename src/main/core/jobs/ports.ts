import type { AppError } from '../../../shared/errors.ts'
import type { HoldReason, Job, JobId } from '../../../shared/jobs.ts'

/** What a job's work is given. Progress reaches the page at once first, then at most every 300 ms. */
export interface JobContext {
  readonly signal: AbortSignal
  /** Whether a person ended the job. Without that, an aborted signal means that Rollcall, or the account, is being closed. */
  isCancelled(): boolean
  setTotal(total: number): void
  advance(count?: number): void
  /** One thing failed; the job goes on. */
  fail(subject: string, error: AppError): void
  readonly pause: JobPause
}

/** How work takes part in pausing. */
export interface JobPause {
  /** Aborted when the job is paused or cancelled; a new one after each resume. For what may be taken back and done later. */
  active(): AbortSignal
  /** Resolves at once while the job is not paused, else when it is resumed or cancelled. */
  whenResumed(): Promise<void>
}

/** How a job's work ends. `cancelled` is told from the signal, not from here. */
export type JobEnd = { readonly result: NonNullable<Job['result']> } | { readonly error: AppError }

/** Starts and keeps jobs. A throw inside `work` ends the job as `failed` with an incident. */
export interface JobRunner {
  start(kind: Job['kind'], work: (context: JobContext) => Promise<JobEnd>): JobId
  list(): Job[]
  find(id: JobId): Job | null
  /** A job that has ended, or stands still already, stays as it is. */
  pause(id: JobId): Job | null
  resume(id: JobId): Job | null
  cancel(id: JobId): Job | null
  /** Says of all jobs that ask the server that they wait, and why; null: they go on. Keeping them waiting is the gate's work. */
  setHold(reason: HoldReason | null): void
  /** Resolves when the job has ended. */
  whenEnded(id: JobId): Promise<Job>
  /** Cancels what runs and waits for it. */
  close(): Promise<void>
}

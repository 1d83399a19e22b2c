import { z } from 'zod'
import { appErrorSchema } from './errors.ts'
import { syncReportSchema } from './photos.ts'

export const jobIdSchema = z.string().brand<'JobId'>()
export type JobId = z.infer<typeof jobIdSchema>

export const JOB_KINDS = ['read-directory', 'sync', 'audit', 'export'] as const

/** What a job that asks the server waits for, without anybody having paused it; it goes on by itself. */
export const HOLD_REASONS = ['sleep', 'network-changed', 'offline', 'server-away'] as const
export type HoldReason = (typeof HOLD_REASONS)[number]

/** One thing in a job that failed while the job went on. `subject` is an address or a file name. */
export const jobFailureSchema = z.object({ subject: z.string(), error: appErrorSchema })
export type JobFailure = z.infer<typeof jobFailureSchema>

/** A job as it stands. `total` is null while it cannot be known. At most 1,000 failures are listed; `failed` counts all. */
export const jobSchema = z.object({
  id: jobIdSchema,
  kind: z.enum(JOB_KINDS),
  /** `paused`: nothing more is asked for now; `pausedBy` says why. */
  state: z.enum(['running', 'paused', 'done', 'cancelled', 'failed']),
  /** `person`: until it is resumed. Null when it is not paused. */
  pausedBy: z.enum(['person', ...HOLD_REASONS]).nullable(),
  done: z.number().int(),
  total: z.number().int().nullable(),
  failed: z.number().int(),
  failures: z.array(jobFailureSchema),
  startedMs: z.number().int(),
  endedMs: z.number().int().nullable(),
  error: appErrorSchema.nullable(),
  /** What a finished job has to tell, by its kind. */
  result: z
    .discriminatedUnion('kind', [
      z.object({
        kind: z.literal('read-directory'),
        people: z.number().int(),
        requests: z.number().int(),
        isComplete: z.boolean(),
      }),
      z.object({ kind: z.literal('sync'), report: syncReportSchema }),
      z.object({ kind: z.literal('audit'), report: syncReportSchema }),
      z.object({
        kind: z.literal('export'),
        files: z.number().int(),
        /** For people: where the files are. */
        folder: z.string(),
      }),
    ])
    .nullable(),
})
export type Job = z.infer<typeof jobSchema>

/** Whether a job has not ended; it may stand still. */
export function isUnderWay(state: Job['state']): boolean {
  return state === 'running' || state === 'paused'
}

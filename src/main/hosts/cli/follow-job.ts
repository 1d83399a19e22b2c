import { setTimeout as wait } from 'node:timers/promises'
import { isUnderWay, type Job, type JobId } from '../../../shared/jobs.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { EngineHandle } from '../../engine/host-ports.ts'
import { askEngine } from './ask-engine.ts'
import type { CommandContext } from './command-context.ts'

/** How often a job is looked at (ms). */
const LOOK_EVERY_MS = 50

/**
 * Waits for a job and tells its progress. Ctrl+C cancels the job, and its end is waited for.
 * @returns the ended job; fails with what ended it early, or with `cancelled`
 */
export async function followJob(
  { output, signal }: CommandContext,
  { client }: EngineHandle,
  id: JobId,
  doing: string,
): Promise<Result<Job>> {
  let isCancelSent = false
  for (;;) {
    if (signal.aborted && !isCancelSent) {
      isCancelSent = true
      await askEngine(client.jobs.cancel({ id }))
    }
    const job = await askEngine(client.jobs.read({ id }))
    if (!job.ok) return job
    const { state, done, total, error } = job.value
    if (state === 'cancelled') return fail({ code: 'cancelled' })
    if (!isUnderWay(state)) return error === null ? job : fail(error)
    output.progress(`${doing}: ${done}${total === null || total === 0 ? '' : ` of ${total}`}`)
    await wait(LOOK_EVERY_MS)
  }
}

/** The result of a job of this kind; a job that ended well always has one. */
export function resultOf<K extends NonNullable<Job['result']>['kind']>(
  job: Job,
  kind: K,
): Result<Extract<NonNullable<Job['result']>, { kind: K }>> {
  const { result } = job
  if (result?.kind !== kind) throw new Error(`a ${job.kind} job ended without its result`)
  return ok(result as Extract<NonNullable<Job['result']>, { kind: K }>)
}

import type { Clock } from '../ports.ts'

/** Work that is done a few milliseconds at a time: after each step others may have their turn. */
export type Steps<Result> = Generator<undefined, Result>

/** Takes all steps, with a rest after each; null when it was given up. */
export async function takeSteps<Result>(
  steps: Steps<Result>,
  clock: Clock,
  closing: AbortSignal,
): Promise<Result | null> {
  for (;;) {
    if (closing.aborted) {
      // What was begun is put in order by the work itself.
      steps.return(null as never)
      return null
    }
    const step = steps.next()
    if (step.done === true) return step.value
    await clock.wait(0, closing)
  }
}

import type { ConnectionStep, StepEvidence } from '../../../shared/connections.ts'
import type { Clock } from '../ports.ts'

/** What a step came to. */
export interface StepOutcome extends Pick<ConnectionStep, 'outcome' | 'detail'> {
  readonly status: number | null
  readonly advice?: string
  readonly evidence?: StepEvidence
}

/** Writes down what discovery does. */
export interface StepTeller {
  readonly steps: ConnectionStep[]
  /** Runs a step and tells what `describe` makes of its answer. */
  time<T>(name: string, url: string, work: () => Promise<T>, describe: (answer: T) => StepOutcome): Promise<T>
  /** Tells a step that took no time. */
  tell(name: string, url: string, outcome: StepOutcome): void
}

/** @param onStep hears of every step as it ends */
export function createStepTeller(clock: Clock, onStep: (step: ConnectionStep) => void): StepTeller {
  const steps: ConnectionStep[] = []
  const add = (step: ConnectionStep) => {
    steps.push(step)
    onStep(step)
  }
  return {
    steps,
    async time(name, url, work, describe) {
      const startedMs = clock.nowMs()
      const answer = await work()
      add({ name, url, durationMs: clock.nowMs() - startedMs, ...describe(answer) })
      return answer
    },
    tell(name, url, outcome) {
      add({ name, url, durationMs: 0, ...outcome })
    },
  }
}

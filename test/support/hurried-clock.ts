import type { Clock } from '../../src/main/core/ports.ts'
import { systemClock } from '../../src/main/system/clock.ts'

/**
 * A clock that runs `factor` times as fast as the computer's, for tests in which Rollcall waits for a server to come back:
 * it waits as often and as long, by this clock.
 */
export function createHurriedClock(factor: number): Clock {
  const startMs = systemClock.nowMs()
  return {
    nowMs: () => startMs + Math.round((systemClock.nowMs() - startMs) * factor),
    wait: (delayMs, signal) => systemClock.wait(delayMs / factor, signal),
  }
}

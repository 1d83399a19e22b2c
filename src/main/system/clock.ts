import type { Clock } from '../core/ports.ts'

/** The longest delay a timer takes in one go, ms; a longer one would fire at once. */
const MAX_TIMER_MS = 2_147_483_647

/** The computer's clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  wait: (delayMs, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const end = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, Math.min(Math.max(0, delayMs), MAX_TIMER_MS))
      signal?.addEventListener('abort', end, { once: true })
    }),
}

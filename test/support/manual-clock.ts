import type { Clock } from '../../src/main/core/ports.ts'

/** A clock that a test moves. Whoever waits is woken in the order of time. */
export interface ManualClock extends Clock {
  /** Moves on, waking whoever's time comes; what they do then is done before the next is woken. */
  advance(ms: number): Promise<void>
  /** How many wait. */
  waiting(): number
}

interface Waiter {
  readonly atMs: number
  readonly wake: () => void
}

/** Makes a clock that stands at `startMs`. */
export function createManualClock(startMs = 1_000_000): ManualClock {
  let now = startMs
  let waiters: Waiter[] = []

  function takeNext(untilMs: number): Waiter | undefined {
    const [next] = waiters.filter((waiter) => waiter.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)
    waiters = waiters.filter((waiter) => waiter !== next)
    return next
  }

  return {
    nowMs: () => now,
    wait: (delayMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const waiter = { atMs: now + Math.max(0, delayMs), wake: resolve }
        waiters.push(waiter)
        signal?.addEventListener('abort', () => {
          waiters = waiters.filter((other) => other !== waiter)
          resolve()
        })
      }),
    async advance(ms) {
      const untilMs = now + ms
      await settle()
      for (let next = takeNext(untilMs); next !== undefined; next = takeNext(untilMs)) {
        now = Math.max(now, next.atMs)
        next.wake()
        await settle()
      }
      now = untilMs
    },
    waiting: () => waiters.length,
  }
}

/** Lets everything that is ready run. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

/** A log that says nothing. */
export const silentLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

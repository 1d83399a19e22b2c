import type { Clock } from '../ports.ts'

/** How often it is looked (ms). */
const LOOK_EVERY_MS = 5_000
/** A wait that took this much longer was no wait: the computer slept (ms). */
const SLEPT_OVER_MS = 10_000

export interface InterruptionOptions {
  readonly clock: Clock
  /** Changes when the computer is on another network. */
  readonly networkMark: () => string
  readonly signal: AbortSignal
  readonly onInterruption: (what: 'sleep' | 'network') => void
}

/**
 * Notices that the computer slept, by a wait that took much longer than it should, and that its network changed. Connections
 * are then dead without having said so, and their failures are nobody's fault. Ends when the signal is aborted.
 */
export async function watchForInterruptions(options: InterruptionOptions): Promise<void> {
  const { clock, networkMark, signal, onInterruption } = options
  let mark = networkMark()
  while (!signal.aborted) {
    const beforeMs = clock.nowMs()
    await clock.wait(LOOK_EVERY_MS, signal)
    if (signal.aborted) return
    const markNow = networkMark()
    if (clock.nowMs() - beforeMs - LOOK_EVERY_MS > SLEPT_OVER_MS) onInterruption('sleep')
    else if (markNow !== mark) onInterruption('network')
    mark = markNow
  }
}

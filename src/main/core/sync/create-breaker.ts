import type { AppError } from '../../../shared/errors.ts'
import type { Clock } from '../ports.ts'
import { type FailureWeight, isLostConnection } from './weigh-failure.ts'

/**
 * How the server does. `open`: it failed three times in a row; nothing is asked before `probeAtMs`, then one question as a
 * probe. `stopped`: nothing is asked until somebody signs in again.
 */
export type GateHealth =
  | { readonly kind: 'healthy' }
  | { readonly kind: 'open'; readonly error: AppError; readonly failedProbes: number; readonly probeAtMs: number }
  | { readonly kind: 'stopped'; readonly error: AppError }

/** Failures of the server in a row that open it. */
const FAILURES_TO_OPEN = 3
/** Waits before the first probe, doubling from there (ms); less where the server is there and only the connection was lost. */
const FIRST_PROBE_MS = 500
const FIRST_PROBE_OF_LOST_MS = 50
const LONGEST_PROBE_MS = 60_000
/** How long to sleep between looks while a probe is under way; its answer wakes earlier (ms). */
const PROBE_LOOK_MS = 60_000

/** A circuit breaker. */
export interface Breaker {
  health(): GateHealth
  /** Why nothing may start now; null when something may. */
  refusal(): AppError | null
  /** A task starts: true when it is the probe. */
  begin(): boolean
  onAnswer(error: AppError | null, weight: FailureWeight | null, isProbe: boolean): void
  whenReady(signal: AbortSignal): Promise<void>
  /** Opens at once: nothing works, whatever was asked before. */
  trip(error: AppError): void
  /** Where it is open, the next question is a probe, and probes that failed are forgotten. */
  probeNow(): void
  reset(): void
}

/** Makes a healthy breaker. `onChange` is told of every other state. */
export function createBreaker(clock: Clock, onChange: (health: GateHealth) => void): Breaker {
  let health: GateHealth = { kind: 'healthy' }
  let failuresInARow = 0
  let forbiddenInARow = 0
  let hasAnswered = false
  let isProbing = false
  /** Aborted, and made anew, whenever something changes. */
  let changed = new AbortController()

  function become(next: GateHealth): void {
    health = next
    changed.abort()
    changed = new AbortController()
    onChange(next)
  }

  function open(error: AppError, failedProbes: number): void {
    const firstMs = isLostConnection(error) ? FIRST_PROBE_OF_LOST_MS : FIRST_PROBE_MS
    const waitMs = Math.min(LONGEST_PROBE_MS, firstMs * 2 ** failedProbes)
    become({ kind: 'open', error, failedProbes, probeAtMs: clock.nowMs() + waitMs })
  }

  function recover(): void {
    failuresInARow = 0
    forbiddenInARow = 0
    if (health.kind !== 'healthy') become({ kind: 'healthy' })
  }

  function onServerFailure(error: AppError, isProbe: boolean): void {
    failuresInARow += 1
    if (health.kind === 'open') {
      if (isProbe) open(error, health.failedProbes + 1)
    } else if (failuresInARow >= FAILURES_TO_OPEN) open(error, 0)
  }

  /** 403 to the first three questions of all, and to nothing else yet: EWS is switched off for the account (protocol 6.1). */
  function isSwitchedOff(error: AppError | null): boolean {
    if (error?.code !== 'forbidden' || hasAnswered) return false
    forbiddenInARow += 1
    return forbiddenInARow >= 3
  }

  function onAnswer(error: AppError | null, weight: FailureWeight | null, isProbe: boolean): void {
    if (isProbe) isProbing = false
    if (health.kind === 'stopped') return
    if (error !== null && (weight?.kind === 'stop' || isSwitchedOff(error))) become({ kind: 'stopped', error })
    else if (error !== null && weight?.kind === 'server') onServerFailure(error, isProbe)
    else if (error?.code !== 'forbidden' || hasAnswered) {
      hasAnswered = true
      recover()
    }
  }

  async function whenReady(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && health.kind === 'open') {
      const waitMs = isProbing ? PROBE_LOOK_MS : health.probeAtMs - clock.nowMs()
      if (waitMs <= 0) return
      await clock.wait(waitMs, AbortSignal.any([signal, changed.signal]))
    }
  }

  return {
    health: () => health,
    refusal() {
      if (health.kind === 'healthy') return null
      const mayProbe = health.kind === 'open' && !isProbing && clock.nowMs() >= health.probeAtMs
      return mayProbe ? null : health.error
    },
    begin() {
      if (health.kind !== 'open') return false
      isProbing = true
      return true
    },
    onAnswer,
    whenReady,
    trip(error) {
      if (health.kind === 'healthy') open(error, 0)
    },
    probeNow() {
      if (health.kind === 'open') become({ ...health, failedProbes: 0, probeAtMs: clock.nowMs() })
    },
    reset() {
      hasAnswered = false
      isProbing = false
      recover()
    },
  }
}

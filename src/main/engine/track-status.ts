import type { Account, ConnectionStatus } from '../../shared/connections.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Clock } from '../core/ports.ts'
import type { GateHealth } from '../core/sync/create-breaker.ts'
import type { EventHub } from './event-hub.ts'

/** A pause that the server asked for is told of when it is at least so long (ms). */
const TOLD_PAUSE_MS = 5_000

/** After these somebody has to give something: a password, a sign-in, a certificate. */
const NEEDS_A_PERSON = new Set<AppError['code']>(['unauthorized', 'oauth-failed', 'client-certificate-refused'])

/** Where the connection of one account stands. */
export interface StatusTracker {
  read(): ConnectionStatus
  onConnecting(): void
  onConnected(error: AppError | null): void
  onHealth(health: GateHealth): void
  /** @param untilMs nothing is asked before this (ms since 1970) */
  onPause(untilMs: number): void
}

/**
 * Keeps the connection's status: by signing in, then by how the gate fares and the pauses it makes. Everybody is told of each
 * change, and of the end of a pause.
 */
export function trackStatus(account: Account, hub: EventHub, clock: Clock, closing: AbortSignal): StatusTracker {
  let current: ConnectionStatus = { account, state: 'connecting', error: null, busyUntilMs: null }

  function change(what: Partial<ConnectionStatus>): void {
    // What becomes of an account that was left is nobody's business any more.
    if (closing.aborted) return
    current = { ...current, ...what }
    hub.emit({ type: 'connection-changed', status: current })
  }

  function onError(error: AppError | null): void {
    if (error === null) change({ state: 'online', error: null })
    else
      change({
        state: NEEDS_A_PERSON.has(error.code) ? 'signed-out' : 'offline',
        error,
      })
  }

  async function tellPause(untilMs: number): Promise<void> {
    change({ busyUntilMs: untilMs })
    while (clock.nowMs() < untilMs && !closing.aborted) await clock.wait(untilMs - clock.nowMs(), closing)
    if (current.busyUntilMs === untilMs) change({ busyUntilMs: null })
  }

  return {
    read: () => current,
    onConnecting: () => change({ state: 'connecting', error: null }),
    onConnected: onError,
    onHealth(health) {
      if (current.state !== 'connecting') onError(health.kind === 'healthy' ? null : health.error)
    },
    onPause(untilMs) {
      if (untilMs - clock.nowMs() >= TOLD_PAUSE_MS) void tellPause(untilMs)
    },
  }
}

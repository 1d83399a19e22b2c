import type { HoldReason } from '../../../shared/jobs.ts'
import type { Clock } from '../ports.ts'
import type { GateHealth } from './create-breaker.ts'
import { isLostConnection, isOwnNetwork } from './weigh-failure.ts'

/** Why everything that asks the server stands still, although nobody paused it. */
export interface Holds {
  onHealth(health: GateHealth): void
  /** The computer slept, or is on another network; nothing is asked for so long (ms). */
  onRest(reason: 'sleep' | 'network-changed', restMs: number): void
}

export interface HoldsOptions {
  readonly clock: Clock
  readonly closing: AbortSignal
  /** Told of every other reason; null: nothing is in the way. */
  readonly onChange: (reason: HoldReason | null) => void
}

/** Knows of nothing in the way yet. */
export function createHolds({ clock, closing, onChange }: HoldsOptions): Holds {
  let told: HoldReason | null = null
  let shut: HoldReason | null = null
  let rest: HoldReason | null = null
  let rests = 0

  function tell(): void {
    const reason = shut ?? rest
    if (reason === told || closing.aborted) return
    told = reason
    onChange(reason)
  }

  return {
    onHealth(health) {
      shut = reasonOf(health)
      tell()
    },
    onRest(reason, restMs) {
      rests += 1
      const thisRest = rests
      rest = reason
      tell()
      void clock.wait(restMs, closing).then(() => {
        if (thisRest !== rests) return
        rest = null
        tell()
      })
    },
  }
}

/** A server that lost some connections is probed at once, which is not worth a word. */
function reasonOf(health: GateHealth): HoldReason | null {
  if (health.kind !== 'open') return null
  if (isOwnNetwork(health.error)) return 'offline'
  return isLostConnection(health.error) && health.failedProbes < 2 ? null : 'server-away'
}

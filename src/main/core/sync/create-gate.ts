import type { AppError } from '../../../shared/errors.ts'
import type { Clock } from '../ports.ts'
import { createBreaker, type GateHealth } from './create-breaker.ts'
import { createWindow } from './create-window.ts'
import { createGateQueue, type Priority, type Queued } from './gate-queue.ts'
import { weighFailure } from './weigh-failure.ts'

/** One question that waits for its turn. */
export interface GateTask<T> {
  readonly priority: Priority
  /** Gives the question up while it waits; once it is sent it runs to its end. */
  readonly signal: AbortSignal
  readonly work: () => Promise<T>
  /** The failure in an answer; null when the server answered as it should. */
  readonly failureOf: (value: T) => AppError | null
}

/** What became of a task. `refused`: the gate is shut, nothing was sent. */
export type GateOutcome<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly error: AppError }

/** A place in the queue. */
export interface GateTicket<T> {
  readonly outcome: Promise<GateOutcome<T>>
  /** Moves a waiting task up; one that runs is left alone. */
  promote(priority: Priority): void
  /** Whether nothing was sent yet. */
  isWaiting(): boolean
}

/**
 * The one gate for everything that asks a server. It starts with few at a time, grows while answers come, halves when the
 * server is busy or fails, and obeys the server's pause for everybody. Three failures of the server in a row shut it, with a
 * probe from time to time; a refused sign-in shuts it until `reopen`.
 */
export interface Gate {
  enter<T>(task: GateTask<T>): GateTicket<T>
  health(): GateHealth
  /** Busy answers since the last other one, each round of parallel ones counted once. */
  busyRounds(): number
  /** Resolves when a task would not be refused, when nothing but `reopen` can help, or when the signal is aborted. */
  whenReady(signal: AbortSignal): Promise<void>
  setLimit(limit: number): void
  /** Reports how signing in went, which does not come through the gate: null is well, any error shuts the gate. */
  report(error: AppError | null): void
  /** The computer slept, or is on another network: nothing starts for a while (ms), and lost connections are forgiven. */
  rest(restMs: number): void
  /** A run begins: a server that failed is probed at once, and has all its chances again. A refused sign-in stays refused. */
  probeNow(): void
  /** Forgets every failure: a person asked to try again, or signed in anew. */
  reopen(): void
}

export interface GateOptions {
  readonly clock: Clock
  /** Tasks at the same time, at most. */
  readonly limit: number
  readonly onHealth?: (health: GateHealth) => void
  /** The server asked for a pause: nothing starts before this (ms since 1970). */
  readonly onPause?: (untilMs: number) => void
  /** Aborted when the gate is not needed any more: nothing is waited for then. */
  readonly closing?: AbortSignal
}

interface Entry extends Queued {
  start(): void
  refuse(error: AppError): void
}

/** Makes a gate. */
export function createGate({ clock, limit, onHealth, onPause, closing }: GateOptions): Gate {
  const queue = createGateQueue<Entry>()
  const window = createWindow(limit)
  let running = 0
  let isPumpArmed = false
  let lastStarted = 0
  /** Connections lost by tasks up to this one are no failure of the server. */
  let forgivenUpTo = 0

  const breaker = createBreaker(clock, (health) => {
    if (health.kind !== 'healthy') for (const entry of queue.drain()) entry.refuse(health.error)
    onHealth?.(health)
    pump()
  })

  function pump(): void {
    while (running < window.size()) {
      const pauseMs = window.pausedUntilMs() - clock.nowMs()
      if (pauseMs > 0) {
        armPump(pauseMs)
        return
      }
      const entry = queue.take()
      if (entry === null) return
      entry.start()
    }
  }

  function armPump(pauseMs: number): void {
    if (isPumpArmed) return
    isPumpArmed = true
    void clock.wait(pauseMs, closing).then(() => {
      isPumpArmed = false
      if (closing?.aborted !== true) pump()
    })
  }

  function onBusy(startedAt: number, retryAfterMs: number): void {
    const beforeMs = window.pausedUntilMs()
    window.onBusy(startedAt, retryAfterMs, clock.nowMs())
    if (window.pausedUntilMs() > beforeMs) onPause?.(window.pausedUntilMs())
  }

  function settle(error: AppError | null, startedAt: number, startedMs: number, isProbe: boolean): void {
    if (error?.code === 'unreachable' && startedAt <= forgivenUpTo) return
    const weight = error === null ? null : weighFailure(error)
    if (weight === null || weight.kind === 'person') window.onAnswer(clock.nowMs() - startedMs)
    else if (weight.kind === 'busy') onBusy(startedAt, weight.retryAfterMs)
    else window.onFailure(startedAt)
    breaker.onAnswer(error, weight, isProbe)
  }

  async function run<T>(task: GateTask<T>, resolve: (outcome: GateOutcome<T>) => void): Promise<void> {
    const isProbe = breaker.begin()
    const startedAt = window.onStart()
    const startedMs = clock.nowMs()
    lastStarted = startedAt
    running += 1
    let error: AppError | null = null
    try {
      const value = await task.work()
      error = task.failureOf(value)
      resolve({ kind: 'answered', value })
    } finally {
      running -= 1
      settle(error, startedAt, startedMs, isProbe)
      pump()
    }
  }

  return {
    enter<T>(task: GateTask<T>): GateTicket<T> {
      const { promise, resolve, reject } = Promise.withResolvers<GateOutcome<T>>()
      const entry: Entry = {
        isWaiting: true,
        start() {
          entry.isWaiting = false
          task.signal.removeEventListener('abort', giveUp)
          run(task, resolve).catch(reject)
        },
        refuse(error) {
          entry.isWaiting = false
          task.signal.removeEventListener('abort', giveUp)
          resolve({ kind: 'refused', error })
        },
      }
      function giveUp(): void {
        entry.isWaiting = false
        resolve({ kind: 'cancelled' })
      }
      const refusal = breaker.refusal()
      if (task.signal.aborted) giveUp()
      else if (refusal !== null) entry.refuse(refusal)
      else {
        task.signal.addEventListener('abort', giveUp, { once: true })
        queue.push(task.priority, entry)
        pump()
      }
      return {
        outcome: promise,
        promote: (priority) => {
          if (entry.isWaiting) queue.push(priority, entry)
        },
        isWaiting: () => entry.isWaiting,
      }
    },
    health: breaker.health,
    busyRounds: window.busyRounds,
    whenReady: breaker.whenReady,
    setLimit(next) {
      window.setLimit(next)
      pump()
    },
    report(error) {
      const weight = error === null ? null : weighFailure(error)
      if (weight?.kind === 'busy') onBusy(window.onStart(), weight.retryAfterMs)
      if (error === null || weight?.kind === 'stop') breaker.onAnswer(error, weight, false)
      else breaker.trip(error)
    },
    rest(restMs) {
      forgivenUpTo = lastStarted
      window.pauseUntil(clock.nowMs() + restMs)
      if (breaker.health().kind === 'open') breaker.reset()
    },
    probeNow: breaker.probeNow,
    reopen: breaker.reset,
  }
}

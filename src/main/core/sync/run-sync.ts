import type { AppError } from '../../../shared/errors.ts'
import type { PhotoOutcome, PhotoRecord, SyncReport } from '../../../shared/photos.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { JobContext } from '../jobs/ports.ts'
import type { Freshness } from '../photos/decide-question.ts'
import type { HeldPhoto, PhotoChange } from '../photos/ports.ts'
import { answeredSince, type EarlierOutcome } from './answered-since.ts'
import type { Gate } from './create-gate.ts'
import type { Asked } from './create-photo-asker.ts'
import { type EnsureDeps, isAnsweredByLibrary } from './ensure-photo.ts'
import { createTally } from './tally.ts'
import { isLostConnection, isOwnNetwork } from './weigh-failure.ts'

/** Questions in hand at a time: those that wait at the gate, are looked at, or wait for their transaction. */
const IN_HAND = 128
/** How often a question is asked in one run while the server fails it, and while only this one fails. */
const ATTEMPTS = 8
const ATTEMPTS_AT_ONE_PERSON = 2
/** Photos whose records are read in one go. */
const LOOK_AHEAD = 32
/** Fresh photos that are counted in one go, before others get their turn. */
const FRESH_AT_ONCE = 200
/** The pause before what failed is asked again (ms). */
const LATER_MS = 500
/** Failed probes, and busy rounds in a row, after which the run ends. */
const FAILED_PROBES = 3
/** A server that is there but loses connections: about a minute, so that chance alone never ends a run. */
const FAILED_PROBES_OF_LOST = 10
/** While this computer is off the network it is waited for, about half an hour. */
const FAILED_PROBES_OFF_NETWORK = 36
const BUSY_ROUNDS = 10

/** What to sync. See `SyncRequest` of the engine for the fields. */
export interface SyncPlan {
  readonly addresses: readonly SmtpAddress[]
  readonly sizeCodes: readonly SizeCode[]
  readonly ask: 'stale' | 'all'
  /** Set for a run that goes on: what was answered since then (ms since 1970) is counted, and not asked again. */
  readonly sinceMs?: number | null
  /** How long answers stay good, where that differs from the settings. */
  readonly freshness?: Freshness
  /** Without `pause` it cannot be paused. */
  readonly context: Pick<JobContext, 'signal' | 'setTotal' | 'advance' | 'fail'> & Partial<Pick<JobContext, 'pause'>>
  readonly onPhoto?: ((line: { outcome: PhotoOutcome; record: PhotoRecord }) => void) | undefined
}

/** The report, and what ended the run early: a refused sign-in, a server that stays away, a library that cannot be written. */
export interface SyncEnd extends SyncReport {
  readonly stoppedBy: AppError | null
}

export interface SyncDeps extends EnsureDeps {
  readonly gate: Gate
}

interface Item {
  readonly address: SmtpAddress
  readonly sizeCode: SizeCode
  attempts: number
  failure: PhotoChange | null
}

/**
 * Syncs. One person's failure is a line and never ends the run; what may pass is asked again later, in further passes over
 * what is left. The run ends when the sign-in is refused, or when the server failed three times in a row and then each probe.
 */
export async function runSync(deps: SyncDeps, plan: SyncPlan): Promise<SyncEnd> {
  const { asker, gate, clock } = deps
  const { signal, pause } = plan.context
  const startedMs = clock.nowMs()
  const sinceMs = plan.sinceMs ?? null
  const freshness = (): Freshness => plan.freshness ?? deps.freshness()
  const tally = createTally()
  let stoppedBy: AppError | null = null
  const stopped = new AbortController()
  const isOver = AbortSignal.any([signal, stopped.signal])
  let later: Item[] = []
  let fresh = 0

  function writeLine(
    { address }: Item,
    outcome: PhotoOutcome,
    error: AppError | null,
    held: () => HeldPhoto,
    isRemoved = false,
  ): void {
    tally.countLine(outcome, isRemoved)
    plan.context.advance()
    if (outcome === 'failed' && error !== null) plan.context.fail(address, error)
    plan.onPhoto?.({ outcome, record: held().record })
  }

  /** Ends the run, for those too who wait for the gate. */
  function stop(error: AppError | null): void {
    if (error === null) return
    stoppedBy ??= error
    stopped.abort()
  }

  async function giveUp(item: Item): Promise<void> {
    if (item.failure?.kind !== 'failed') return
    await asker.keepFailure(item.failure)
    writeLine(item, 'failed', item.failure.error, () => asker.read(item.address, item.sizeCode))
  }

  async function settle(item: Item, asked: Asked): Promise<void> {
    tally.countCost(asked)
    if (asked.kind === 'answered') return writeLine(item, asked.outcome, asked.error, asked.held, asked.isRemoved)
    if (asked.kind === 'not-kept') stop(asked.error)
    if (asked.kind !== 'try-later') return
    if (asked.error.code === 'throttled' && gate.busyRounds() >= BUSY_ROUNDS) stop(asked.error)
    if (asked.failure !== null) {
      item.failure = asked.failure
      if (asked.error.code !== 'throttled' && !isOwnNetwork(asked.error)) item.attempts += 1
    }
    const attempts = asked.error.code === 'unexpected-answer' ? ATTEMPTS_AT_ONE_PERSON : ATTEMPTS
    if (item.attempts < attempts) later.push(item)
    else await giveUp(item)
  }

  /** What this run had of a photo before it was broken off. */
  function earlierOf(held: HeldPhoto): EarlierOutcome | null {
    if (sinceMs === null || !hasPicture(held)) return null
    return answeredSince(held.record, sinceMs, clock.nowMs())
  }

  function isFresh(held: HeldPhoto): boolean {
    return plan.ask === 'stale' && isAnsweredByLibrary(held, { ...deps, freshness })
  }

  /** Counts what needs no question; false: it does. */
  function isSettledByLibrary(item: Item): boolean {
    if (item.attempts > 0 || (sinceMs === null && plan.ask === 'all')) return false
    const held = asker.read(item.address, item.sizeCode)
    const earlier = earlierOf(held)
    if (earlier !== null) {
      tally.countEarlier(earlier.outcome, earlier.isRemoved)
      plan.context.advance()
      return true
    }
    if (!isFresh(held)) return false
    writeLine(item, outcomeOfFresh(held.record), null, () => held)
    return true
  }

  function hasPicture({ record }: HeldPhoto): boolean {
    return record.contentHash === null || deps.photos.hasBytes(record.contentHash)
  }

  async function process(item: Item): Promise<void> {
    if (isSettledByLibrary(item)) {
      fresh += 1
      if (fresh % FRESH_AT_ONCE === 0) await clock.wait(0, signal)
      return
    }
    await settle(item, await askWhileActive(item))
  }

  /**
   * What waits at the gate when the job is paused is taken back, and asked when it goes on; so is what the gate refused unsent,
   * when the gate is open again.
   */
  async function askWhileActive({ address, sizeCode }: Item): Promise<Asked> {
    for (;;) {
      await pause?.whenResumed()
      const takeBack = pause?.active() ?? null
      const asked = await asker.ask(address, sizeCode, { priority: 'background', signal, takeBack })
      const isUnsent = asked.kind === 'try-later' && asked.failure === null
      if (isUnsent && (await isGateOpenAgain())) continue
      if (asked.kind !== 'cancelled' || signal.aborted || takeBack?.aborted !== true) return asked
    }
  }

  /** Waits for the gate where it is shut; false when the run is over. */
  async function isGateOpenAgain(): Promise<boolean> {
    stop(reasonToStop(gate))
    if (gate.health().kind !== 'healthy') await gate.whenReady(isOver)
    stop(reasonToStop(gate))
    return !isOver.aborted
  }

  async function work(items: Iterator<Item>): Promise<void> {
    while (!signal.aborted) {
      await pause?.whenResumed()
      if (!(await isGateOpenAgain())) return
      const next = items.next()
      if (next.done === true) return
      await process(next.value)
    }
  }

  function lookAhead(addresses: readonly SmtpAddress[]): void {
    asker.lookAhead(addresses, plan.sizeCodes, (held) => earlierOf(held) === null && !isFresh(held))
  }

  async function pass(items: Iterator<Item>): Promise<void> {
    await Promise.all(Array.from({ length: IN_HAND }, () => work(items)))
  }

  gate.probeNow()
  plan.context.setTotal(plan.addresses.length * plan.sizeCodes.length)
  await pass(listItems(plan, lookAhead))
  while (later.length > 0 && stoppedBy === null && !signal.aborted) {
    const again = later
    later = []
    await clock.wait(LATER_MS, signal)
    await pass(again.values())
  }
  if (!signal.aborted) for (const item of later) await giveUp(item)
  return { ...tally.report(clock.nowMs() - startedMs), stoppedBy }
}

function* listItems(plan: SyncPlan, lookAhead: (addresses: readonly SmtpAddress[]) => void): Generator<Item> {
  const people = Math.ceil(LOOK_AHEAD / plan.sizeCodes.length)
  for (const [index, address] of plan.addresses.entries()) {
    if (index % people === 0) lookAhead(plan.addresses.slice(index, index + people))
    for (const sizeCode of plan.sizeCodes) yield { address, sizeCode, attempts: 0, failure: null }
  }
}

/** A fresh verdict costs no request; it counts as what it is. */
function outcomeOfFresh(record: PhotoRecord): PhotoOutcome {
  return record.verdict === 'absent' ? 'none' : 'same'
}

function reasonToStop(gate: Gate): AppError | null {
  const health = gate.health()
  if (health.kind === 'stopped') return health.error
  if (health.kind !== 'open') return null
  return health.failedProbes >= patienceWith(health.error) ? health.error : null
}

function patienceWith(error: AppError): number {
  if (isOwnNetwork(error)) return FAILED_PROBES_OFF_NETWORK
  return isLostConnection(error) ? FAILED_PROBES_OF_LOST : FAILED_PROBES
}

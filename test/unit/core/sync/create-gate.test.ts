import { describe, expect, it } from 'vitest'
import type { GateHealth } from '../../../../src/main/core/sync/create-breaker.ts'
import { createGate, type Gate, type GateOutcome, type GateTicket } from '../../../../src/main/core/sync/create-gate.ts'
import type { Priority } from '../../../../src/main/core/sync/gate-queue.ts'
import type { AppError } from '../../../../src/shared/errors.ts'
import { createManualClock, settle } from '../../../support/manual-clock.ts'

const NEVER = new AbortController().signal
const REFUSED: AppError = { code: 'unreachable', endpoint: 'https://mail.example', reason: 'ECONNREFUSED' }
const RESET: AppError = { code: 'unreachable', endpoint: 'https://mail.example', reason: 'ECONNRESET' }
const WRONG_PASSWORD: AppError = { code: 'unauthorized', endpoint: 'https://mail.example', hint: 'wrong-password' }
const FORBIDDEN: AppError = { code: 'forbidden', endpoint: 'https://mail.example' }
const busy = (retryAfterMs: number): AppError => ({ code: 'throttled', endpoint: 'https://mail.example', retryAfterMs })

interface Sent {
  readonly name: string
  answer(error?: AppError): Promise<void>
}

/** A gate whose tasks are answered by hand. */
function setUp(limit = 4) {
  const clock = createManualClock()
  const healths: GateHealth[] = []
  const pauses: number[] = []
  const closing = new AbortController()
  const gate = createGate({
    ...{ clock, limit, closing: closing.signal },
    onHealth: (health) => healths.push(health),
    onPause: (untilMs) => pauses.push(untilMs),
  })
  const sent: Sent[] = []
  function enter(name: string, priority: Priority = 'background', signal = NEVER): GateTicket<AppError | null> {
    return gate.enter<AppError | null>({
      priority,
      signal,
      failureOf: (value) => value,
      work: () =>
        new Promise((resolve) => {
          sent.push({
            name,
            answer: (error) => {
              resolve(error ?? null)
              return settle()
            },
          })
        }),
    })
  }
  return { clock, gate, healths, pauses, closing, sent, enter, names: () => sent.map(({ name }) => name) }
}

/** Sends one task after the other and answers each. */
async function answerInARow(set: ReturnType<typeof setUp>, errors: readonly (AppError | undefined)[]) {
  const outcomes: GateOutcome<AppError | null>[] = []
  for (const error of errors) {
    const ticket = set.enter('x')
    await set.sent.at(-1)?.answer(error)
    outcomes.push(await ticket.outcome)
  }
  return outcomes
}

describe('the gate', () => {
  it('starts with two at a time and takes one more for each answer, up to its limit', async () => {
    const { enter, sent } = setUp(4)
    for (let index = 0; index < 20; index += 1) enter(String(index))
    expect(sent.length).toBe(2)
    await sent[0]?.answer()
    expect(sent.length).toBe(1 + 3)
    for (let index = 1; index < 12; index += 1) await sent[index]?.answer()
    expect(sent.length).toBe(12 + 4)
  })

  it('takes one more for a whole window of answers only, once something went wrong', async () => {
    const { enter, sent } = setUp(16)
    for (let index = 0; index < 40; index += 1) enter(String(index))
    for (let index = 0; index < 6; index += 1) await sent[index]?.answer()
    expect(sent.length).toBe(6 + 8)
    await sent[6]?.answer(RESET)
    for (let index = 7; index < 14; index += 1) await sent[index]?.answer()
    const before = sent.length - 14
    await sent[14]?.answer()
    expect(sent.length - 15).toBe(before)
  })

  it('stops growing while the server answers clearly later than before, and grows again when it keeps up', async () => {
    const { clock, enter, sent } = setUp(16)
    for (let index = 0; index < 400; index += 1) enter(String(index))
    let answered = 0
    const answerNext = async (count: number, latencyMs: number) => {
      for (let index = 0; index < count; index += 1) {
        await clock.advance(latencyMs)
        await sent[answered]?.answer()
        answered += 1
      }
    }
    const underWay = () => sent.length - answered
    await answerNext(2, 10)
    expect(underWay()).toBe(4)
    await answerNext(20, 400)
    const grown = underWay()
    await answerNext(60, 400)
    expect(underWay()).toBe(grown)
    await answerNext(200, 1)
    expect(underWay()).toBe(16)
  })

  it('never starts with more than its limit', () => {
    const { enter, sent } = setUp(1)
    enter('a')
    enter('b')
    expect(sent.length).toBe(1)
  })

  it('lets visible go before opened, and opened before background', async () => {
    const { enter, sent, names } = setUp(1)
    enter('first')
    enter('background')
    enter('opened', 'opened')
    enter('visible', 'visible')
    for (let index = 0; index < 4; index += 1) await sent[index]?.answer()
    expect(names()).toEqual(['first', 'visible', 'opened', 'background'])
  })

  it('moves a waiting task up when it is promoted, and sends it once', async () => {
    const { enter, sent, names } = setUp(1)
    enter('first')
    enter('a')
    enter('b').promote('visible')
    for (let index = 0; index < 3; index += 1) await sent[index]?.answer()
    expect(names()).toEqual(['first', 'b', 'a'])
  })

  it('gives a waiting task up when it is aborted, and finishes one that was sent', async () => {
    const { enter, sent, names } = setUp(1)
    const abort = new AbortController()
    const first = enter('first', 'background', abort.signal)
    const second = enter('second', 'background', abort.signal)
    abort.abort()
    expect(await second.outcome).toEqual({ kind: 'cancelled' })
    await sent[0]?.answer()
    expect(await first.outcome).toEqual({ kind: 'answered', value: null })
    expect(names()).toEqual(['first'])
  })

  it('holds everybody back exactly as long as a busy server says, and halves', async () => {
    const { clock, enter, sent } = setUp(4)
    for (let index = 0; index < 30; index += 1) enter(String(index), index > 20 ? 'visible' : 'background')
    for (let index = 0; index < 5; index += 1) await sent[index]?.answer()
    expect(sent.length).toBe(9)
    for (let index = 5; index < 9; index += 1) await sent[index]?.answer(busy(12_000))
    await clock.advance(11_999)
    expect(sent.length).toBe(9)
    await clock.advance(1)
    expect(sent.length).toBe(9 + 2)
  })

  it('counts busy answers to questions of one round once', async () => {
    const { gate, enter, sent } = setUp(4)
    for (let index = 0; index < 20; index += 1) enter(String(index))
    await sent[0]?.answer(busy(1_000))
    await sent[1]?.answer(busy(1_000))
    expect(gate.busyRounds()).toBe(1)
  })

  it('waits by its own schedule when a busy server names no time', async () => {
    const { clock, enter, sent } = setUp(1)
    for (let index = 0; index < 5; index += 1) enter(String(index))
    await sent[0]?.answer(busy(0))
    await clock.advance(499)
    expect(sent.length).toBe(1)
    await clock.advance(1)
    await sent[1]?.answer(busy(0))
    await clock.advance(999)
    expect(sent.length).toBe(2)
    await clock.advance(1)
    expect(sent.length).toBe(3)
  })
})

describe('the circuit breaker', () => {
  it('opens after three failures of the server in a row, and refuses without asking', async () => {
    const set = setUp()
    await answerInARow(set, [REFUSED, REFUSED, REFUSED])
    const refused = await set.enter('y').outcome
    expect(refused).toEqual({ kind: 'refused', error: REFUSED })
    expect(set.sent.length).toBe(3)
    expect(set.healths.map((health) => health.kind)).toEqual(['open'])
  })

  it('is not opened by failures of single people, nor by a lost connection now and then', async () => {
    const set = setUp()
    const onePerson: AppError = { code: 'unexpected-answer', endpoint: 'x', status: 500, detail: 'fault' }
    await answerInARow(set, [REFUSED, REFUSED, undefined, REFUSED, onePerson, REFUSED, REFUSED, undefined])
    await answerInARow(set, [RESET, RESET, undefined, RESET, RESET])
    expect(set.gate.health().kind).toBe('healthy')
  })

  it('is opened by the third lost connection in a row, and probes soon, because the server is there', async () => {
    const set = setUp()
    await answerInARow(set, [RESET, RESET, RESET])
    expect(set.gate.health()).toMatchObject({ kind: 'open', error: RESET, probeAtMs: set.clock.nowMs() + 50 })
    await set.clock.advance(50)
    await answerInARow(set, [RESET])
    expect(set.gate.health()).toMatchObject({ failedProbes: 1, probeAtMs: set.clock.nowMs() + 100 })
  })

  it('lets one question through as a probe, and closes when it is answered', async () => {
    const set = setUp()
    await answerInARow(set, [REFUSED, REFUSED, REFUSED])
    await set.clock.advance(500)
    const probe = set.enter('probe')
    expect(await set.enter('second').outcome).toMatchObject({ kind: 'refused' })
    await set.sent.at(-1)?.answer()
    expect(await probe.outcome).toMatchObject({ kind: 'answered' })
    expect(set.gate.health()).toEqual({ kind: 'healthy' })
  })

  it('waits twice as long after each failed probe', async () => {
    const set = setUp()
    await answerInARow(set, [REFUSED, REFUSED, REFUSED])
    await set.clock.advance(500)
    await answerInARow(set, [REFUSED])
    expect(set.gate.health()).toMatchObject({ kind: 'open', failedProbes: 1, probeAtMs: set.clock.nowMs() + 1_000 })
  })

  it('probes at once, and with all its chances again, where a run begins', async () => {
    const set = setUp()
    await answerInARow(set, [REFUSED, REFUSED, REFUSED])
    await set.clock.advance(500)
    await answerInARow(set, [REFUSED])
    set.gate.probeNow()
    expect(set.gate.health()).toMatchObject({ kind: 'open', failedProbes: 0, probeAtMs: set.clock.nowMs() })
    await answerInARow(set, [REFUSED])
    expect(set.gate.health()).toMatchObject({ failedProbes: 1, probeAtMs: set.clock.nowMs() + 1_000 })
  })

  it('asks nothing more after a refused sign-in, though a run begins', async () => {
    const set = setUp(1)
    await answerInARow(set, [WRONG_PASSWORD])
    set.gate.probeNow()
    expect(await set.enter('again').outcome).toEqual({ kind: 'refused', error: WRONG_PASSWORD })
  })

  it('wakes who waits for it when a probe is due', async () => {
    const set = setUp()
    await answerInARow(set, [REFUSED, REFUSED, REFUSED])
    let isReady = false
    void set.gate.whenReady(NEVER).then(() => {
      isReady = true
    })
    await set.clock.advance(499)
    expect(isReady).toBe(false)
    await set.clock.advance(1)
    expect(isReady).toBe(true)
  })

  it.each([
    ['likely-missing', 'healthy'],
    ['missing', 'stopped'],
    ['refused', 'stopped'],
  ] as const)('after a handshake that failed, the client certificate being %s, is %s', async (reason, kind) => {
    const set = setUp(4)
    await answerInARow(set, [{ code: 'client-certificate-refused', endpoint: 'https://mail.example', reason }])
    expect(set.gate.health().kind).toBe(kind)
  })

  it('stops everything at the first refused sign-in, until somebody signs in anew', async () => {
    const set = setUp(1)
    set.enter('first')
    const waiting = set.enter('second')
    await set.sent[0]?.answer(WRONG_PASSWORD)
    expect(await waiting.outcome).toEqual({ kind: 'refused', error: WRONG_PASSWORD })
    await set.clock.advance(3_600_000)
    expect(await set.enter('third').outcome).toEqual({ kind: 'refused', error: WRONG_PASSWORD })
    expect(set.names()).toEqual(['first'])
    set.gate.reopen()
    set.enter('fourth')
    expect(set.names()).toEqual(['first', 'fourth'])
  })

  it('takes 403 to everything from the start as switched off, and 403 among answers as a person’s', async () => {
    const off = setUp()
    await answerInARow(off, [FORBIDDEN, FORBIDDEN, FORBIDDEN])
    expect(off.gate.health()).toEqual({ kind: 'stopped', error: FORBIDDEN })
    const some = setUp()
    await answerInARow(some, [undefined, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN])
    expect(some.gate.health().kind).toBe('healthy')
  })

  it('is opened at once by a sign-in that found no server', () => {
    const { gate }: { gate: Gate } = setUp()
    gate.report(REFUSED)
    expect(gate.health()).toMatchObject({ kind: 'open', error: REFUSED })
    gate.reopen()
    gate.report(null)
    expect(gate.health().kind).toBe('healthy')
  })
})

describe('a pause of hours', () => {
  const HOURS_MS = 7_200_000

  it('is obeyed to the millisecond, told with its end, and does not hold up a cancel', async () => {
    const { clock, gate, sent, enter, pauses } = setUp(1)
    enter('first')
    const impatient = new AbortController()
    const second = enter('second', 'background', impatient.signal)
    enter('third')
    await sent[0]?.answer(busy(HOURS_MS))
    expect(pauses).toEqual([clock.nowMs() + HOURS_MS])
    impatient.abort()
    expect(await second.outcome).toEqual({ kind: 'cancelled' })
    await clock.advance(HOURS_MS - 1)
    expect(sent).toHaveLength(1)
    await clock.advance(1)
    expect(sent.map(({ name }) => name)).toEqual(['first', 'third'])
    expect(gate.health().kind).toBe('healthy')
  })

  it('is not waited for any more when the gate is closed', async () => {
    const { clock, closing, sent, enter } = setUp(1)
    enter('first')
    enter('second')
    await sent[0]?.answer(busy(HOURS_MS))
    expect(clock.waiting()).toBe(1)
    closing.abort()
    await settle()
    expect(clock.waiting()).toBe(0)
    expect(sent).toHaveLength(1)
  })
})

describe('the gate after an interruption', () => {
  it('lets nothing start for a while, and forgives the connections that were lost', async () => {
    const { clock, enter, sent, gate, healths } = setUp(4)
    for (let index = 0; index < 12; index += 1) enter(String(index))
    for (let index = 0; index < 5; index += 1) await sent[index]?.answer()
    const underWay = sent.length
    gate.rest(3_000)
    for (let index = 5; index < underWay; index += 1) await sent[index]?.answer(REFUSED)
    expect(gate.health().kind).toBe('healthy')
    expect(healths).toEqual([])
    await clock.advance(2_999)
    expect(sent.length).toBe(underWay)
    await clock.advance(1)
    expect(sent.length).toBeGreaterThan(underWay)
  })

  it('tries a server anew that had stayed away, but never a refused sign-in', async () => {
    const away = setUp(1)
    await answerInARow(away, [REFUSED, REFUSED, REFUSED])
    expect(away.gate.health().kind).toBe('open')
    away.gate.rest(3_000)
    expect(away.gate.health().kind).toBe('healthy')
    const refused = setUp(1)
    await answerInARow(refused, [WRONG_PASSWORD])
    refused.gate.rest(3_000)
    expect(refused.gate.health().kind).toBe('stopped')
  })
})

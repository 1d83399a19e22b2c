import { describe, expect, it } from 'vitest'
import type { EventHub } from '../../../src/main/engine/event-hub.ts'
import { trackStatus } from '../../../src/main/engine/track-status.ts'
import type { Account, ConnectionStatus } from '../../../src/shared/connections.ts'
import type { EngineEvent } from '../../../src/shared/events.ts'
import { createManualClock } from '../../support/manual-clock.ts'

const ACCOUNT = { address: 'anna@fjordline.example' } as Account
const HOURS_MS = 2 * 3_600_000

function setUp() {
  const clock = createManualClock()
  const closing = new AbortController()
  const told: ConnectionStatus[] = []
  const hub = {
    emit: (event: EngineEvent) => {
      if (event.type === 'connection-changed') told.push(event.status)
    },
  } as EventHub
  return { clock, closing, told, status: trackStatus(ACCOUNT, hub, clock, closing.signal) }
}

describe('a pause that the server asks for', () => {
  it('is told with its end, and that it is over', async () => {
    const { clock, told, status } = setUp()
    const untilMs = clock.nowMs() + HOURS_MS
    status.onPause(untilMs)
    expect(told.at(-1)?.busyUntilMs).toBe(untilMs)
    await clock.advance(HOURS_MS - 1)
    expect(status.read().busyUntilMs).toBe(untilMs)
    await clock.advance(1)
    expect(told.at(-1)?.busyUntilMs).toBeNull()
  })

  it('is told anew when it becomes longer, and ends once', async () => {
    const { clock, told, status } = setUp()
    status.onPause(clock.nowMs() + 10_000)
    status.onPause(clock.nowMs() + 20_000)
    await clock.advance(10_000)
    expect(status.read().busyUntilMs).not.toBeNull()
    await clock.advance(10_000)
    expect(told.map(({ busyUntilMs }) => busyUntilMs === null)).toEqual([false, false, true])
  })

  it('is not told of where it is over in a moment, or the account is left', async () => {
    const { clock, closing, told, status } = setUp()
    status.onPause(clock.nowMs() + 4_999)
    closing.abort()
    status.onPause(clock.nowMs() + HOURS_MS)
    expect(told).toEqual([])
  })
})

import { expect, it } from 'vitest'
import { watchForInterruptions } from '../../../../src/main/core/sync/watch-for-interruptions.ts'
import { createManualClock, settle } from '../../../support/manual-clock.ts'

function setUp() {
  const clock = createManualClock()
  const heard: string[] = []
  const end = new AbortController()
  let mark = 'home'
  let sleptMs = 0
  const watching = watchForInterruptions({
    clock: { ...clock, nowMs: () => clock.nowMs() + sleptMs },
    networkMark: () => mark,
    signal: end.signal,
    onInterruption: (what) => void heard.push(what),
  })
  return {
    clock,
    heard,
    end,
    watching,
    sleep: (ms: number) => {
      sleptMs += ms
    },
    moveTo: (place: string) => {
      mark = place
    },
  }
}

it('hears nothing while time passes as it should, a busy moment included', async () => {
  const { clock, heard, sleep } = setUp()
  await clock.advance(60_000)
  sleep(9_000)
  await clock.advance(60_000)
  expect(heard).toEqual([])
})

it('hears once of each sleep', async () => {
  const { clock, heard, sleep } = setUp()
  await clock.advance(7_000)
  sleep(8 * 3_600_000)
  await clock.advance(60_000)
  expect(heard).toEqual(['sleep'])
})

it('hears once that the network changed', async () => {
  const { clock, heard, moveTo } = setUp()
  moveTo('train')
  await clock.advance(60_000)
  expect(heard).toEqual(['network'])
})

it('ends when it is told to', async () => {
  const { clock, end, watching, heard, sleep } = setUp()
  await settle()
  sleep(3_600_000)
  end.abort()
  await watching
  expect([clock.waiting(), heard]).toEqual([0, []])
})

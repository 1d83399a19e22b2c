import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createFlight } from '../../../src/renderer/features/grid/flight.ts'

const HEIGHT_PX = 800
const FRAME_MS = 16

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A grid that moved so many px in each of some frames, the clock going on. */
function moveBy(flight: ReturnType<typeof createFlight>, px: readonly number[]) {
  let topPx = 0
  flight.moved(topPx, HEIGHT_PX, performance.now())
  for (const step of px) {
    vi.advanceTimersByTime(FRAME_MS)
    topPx += step
    flight.moved(topPx, HEIGHT_PX, performance.now())
  }
}

it('does not fly while it stands, or moves as slowly as a wheel moves it', () => {
  const flight = createFlight()
  expect(flight.isFlying()).toBe(false)
  moveBy(flight, [0, 40, 60, 40])
  expect(flight.isFlying()).toBe(false)
})

it('flies at five of its heights a second, in either direction, and settles 100 ms after it last moved so fast', () => {
  const flight = createFlight()
  moveBy(flight, [70, -70, 70])
  expect(flight.isFlying()).toBe(true)
  vi.advanceTimersByTime(99)
  expect(flight.isFlying()).toBe(true)
  vi.advanceTimersByTime(1)
  expect(flight.isFlying()).toBe(false)
})

it('makes nothing of two events of one frame, which say little of its speed', () => {
  const flight = createFlight()
  flight.moved(0, HEIGHT_PX, 0)
  flight.moved(50, HEIGHT_PX, 1)
  expect(flight.isFlying()).toBe(false)
})

it('tells those who wait in their order, a line a frame, and nobody who gave up', () => {
  const flight = createFlight()
  moveBy(flight, [500])
  const told: number[] = []
  const giveUp = Array.from({ length: 30 }, (_, at) => flight.whenSettled(() => told.push(at)))
  giveUp[3]?.()
  vi.advanceTimersByTime(100)
  expect(told).toEqual([0])
  vi.advanceTimersByTime(3 * FRAME_MS)
  expect(told).toEqual([0, 1, 2, 4])
  vi.runAllTimers()
  expect(told).toHaveLength(29)
})

it('tells nobody more once it flies again, until it has settled again', () => {
  const flight = createFlight()
  moveBy(flight, [500])
  const told: number[] = []
  for (let at = 0; at < 30; at += 1) flight.whenSettled(() => told.push(at))
  vi.advanceTimersByTime(100)
  flight.moved(0, HEIGHT_PX, performance.now())
  flight.moved(500, HEIGHT_PX, performance.now() + FRAME_MS)
  vi.advanceTimersByTime(90)
  expect(told).toHaveLength(1)
  vi.runAllTimers()
  expect(told).toHaveLength(30)
})

it('flies for 200 ms when somebody else is on screen all at once', () => {
  const flight = createFlight()
  flight.jumped()
  vi.advanceTimersByTime(199)
  expect(flight.isFlying()).toBe(true)
  vi.advanceTimersByTime(1)
  expect(flight.isFlying()).toBe(false)
})

it('tells somebody who began to wait when it had just settled', () => {
  const flight = createFlight()
  moveBy(flight, [500])
  vi.advanceTimersByTime(100)
  let told = 0
  flight.whenSettled(() => {
    told += 1
  })
  vi.runAllTimers()
  expect(told).toBe(1)
})

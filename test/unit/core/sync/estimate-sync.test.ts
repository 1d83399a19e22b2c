import { describe, expect, it } from 'vitest'
import { type EstimateFacts, estimateSync } from '../../../../src/main/core/sync/estimate-sync.ts'
import { heldPhoto } from '../../../support/photo-records.ts'

const HOUR_MS = 3_600_000
const NOW_MS = 1_000_000 + 12 * HOUR_MS
const size = 'HR648x648' as const
const fresh = heldPhoto({ checkedMs: NOW_MS - HOUR_MS, bytes: 20_000 })
const stale = heldPhoto({ checkedMs: NOW_MS - 48 * HOUR_MS, bytes: 40_000 })

function estimate(held: readonly EstimateFacts['sample'][number]['held'][], more: Partial<EstimateFacts> = {}) {
  return estimateSync({
    people: 1_000,
    sizeCodes: [size],
    ask: 'stale',
    sample: held.map((one) => ({ sizeCode: size, held: one })),
    freshness: { freshHours: 24, absentHours: 24 },
    nowMs: NOW_MS,
    concurrency: 4,
    pace: null,
    ...more,
  })
}

describe('the estimate of a sync', () => {
  it('is a request a person and size, and a usual picture, when nothing is held', () => {
    const { people, requests, bytes } = estimate([null, null])
    expect([people, requests]).toEqual([1_000, 1_000])
    expect(bytes).toBeGreaterThan(10_000_000)
    expect(estimate([null], { sizeCodes: ['HR48x48', size] }).requests).toBe(2_000)
  })

  it('leaves out what is fresh, unless everything is asked for', () => {
    expect(estimate([fresh, null, fresh, fresh]).requests).toBe(250)
    expect(estimate([fresh, null, fresh, fresh], { ask: 'all' }).requests).toBe(1_000)
  })

  it('counts no bytes for what can be answered with 304', () => {
    expect(estimate([stale, stale])).toMatchObject({ requests: 1_000, bytes: 0 })
    expect(estimate([heldPhoto({ etag: null, bytes: 7_000, checkedMs: NOW_MS - 48 * HOUR_MS })]).bytes).toBe(7_000_000)
  })

  it('takes from those who were asked how large the others are, and how many have a photo at all', () => {
    const none = heldPhoto({ verdict: 'absent', contentHash: null, bytes: null, checkedMs: NOW_MS - HOUR_MS })
    expect(estimate([fresh, none, null, null]).bytes).toBe(500 * 10_000)
  })

  it('takes as long as the last sync did for each request, else as long as a usual server at this concurrency', () => {
    expect(estimate([null], { pace: { requests: 100, seconds: 5 } }).seconds).toBe(50)
    expect(estimate([null]).seconds).toBe(25)
    expect(estimate([null], { concurrency: 8 }).seconds).toBe(12.5)
  })

  it('is nothing for nobody', () => {
    expect(estimate([], { people: 0 })).toEqual({ people: 0, requests: 0, seconds: 0, bytes: 0 })
  })
})

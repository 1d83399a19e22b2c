import { describe, expect, it } from 'vitest'
import { headAfter } from '../../../src/renderer/features/grid/use-head-keys.ts'

describe('the headings of the table', () => {
  it.each([
    { key: 'ArrowRight', at: 1, isRtl: false, leads: 2 },
    { key: 'ArrowRight', at: 3, isRtl: false, leads: 3 },
    { key: 'ArrowRight', at: 1, isRtl: true, leads: 0 },
    { key: 'ArrowLeft', at: 0, isRtl: false, leads: 0 },
    { key: 'Home', at: 2, isRtl: false, leads: 0 },
    { key: 'End', at: 0, isRtl: true, leads: 3 },
    { key: 'Enter', at: 2, isRtl: false, leads: null },
  ])('$key leads from heading $at to $leads (right to left: $isRtl)', ({ key, at, isRtl, leads }) => {
    expect(headAfter(key, at, 4, isRtl)).toBe(leads)
  })
})

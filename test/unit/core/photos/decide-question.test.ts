import { describe, expect, it } from 'vitest'
import { chooseValidator, judgeStanding } from '../../../../src/main/core/photos/decide-question.ts'
import { neverAsked } from '../../../../src/main/core/photos/photo-record.ts'
import { addressOf, heldPhoto } from '../../../support/photo-records.ts'

const HOUR_MS = 3_600_000
const CHECKED_MS = 1_000_000
const FRESHNESS = { freshHours: 24, absentHours: 2 }

describe('whether what is held still holds', () => {
  it.each([
    ['nothing', null, 0, 'due'],
    ['a person who was never asked about', neverAsked(addressOf('ada'), 'HR240x240'), 0, 'due'],
    ['a photo within its hours', heldPhoto(), 24 * HOUR_MS - 1, 'fresh'],
    ['a photo after its hours', heldPhoto(), 24 * HOUR_MS, 'stale'],
    ['a photo that the server calls fresh for longer', heldPhoto({}, CHECKED_MS + 48 * HOUR_MS), 47 * HOUR_MS, 'fresh'],
    ['a photo that the server calls fresh for less', heldPhoto({}, CHECKED_MS + HOUR_MS), 23 * HOUR_MS, 'fresh'],
    ['a "no photo" within its hours', heldPhoto({ verdict: 'absent', contentHash: null }), 2 * HOUR_MS - 1, 'fresh'],
    ['a "no photo" after its hours', heldPhoto({ verdict: 'absent', contentHash: null }), 2 * HOUR_MS, 'stale'],
    ['a photo whose last check failed', heldPhoto({ error: { code: 'forbidden', endpoint: 'x' } }), 1, 'stale'],
  ] as const)('%s', (_, held, agoMs, standing) => {
    expect(judgeStanding(held, FRESHNESS, CHECKED_MS + agoMs)).toBe(standing)
  })
})

describe('the validator of a question', () => {
  it('is the ETag verbatim when the picture is at hand', () => {
    expect(chooseValidator(heldPhoto({ etag: 'W/"a b"' }), () => true)).toBe('W/"a b"')
  })

  it.each([
    ['the picture is gone or damaged', heldPhoto(), false],
    ['there is no ETag', heldPhoto({ etag: null }), true],
    ['nothing is held', null, true],
    ['the verdict is "no photo"', heldPhoto({ verdict: 'absent', contentHash: null }), true],
  ] as const)('is left out when %s', (_, held, hasBytes) => {
    expect(chooseValidator(held, () => hasBytes)).toBeNull()
  })
})

import { expect, it } from 'vitest'
import { nextRefreshMs } from '../../../../src/main/core/sync/schedule-refresh.ts'

const HOUR = 3_600_000
const NOW = 1_000 * HOUR

it.each([
  ['is never due when it is switched off', null, null, null, null],
  ['is due at once when there was none', 24, null, null, NOW],
  ['is due an interval after the last one began', 24, NOW - HOUR, NOW - HOUR / 2, NOW + 23 * HOUR],
  [
    'is due once, however many intervals passed while Rollcall was closed',
    24,
    NOW - 999 * HOUR,
    NOW - 998 * HOUR,
    NOW - 975 * HOUR,
  ],
  ['is tried again after an hour when it did not come to its end', 24, NOW, NOW - 25 * HOUR, NOW + HOUR],
  ['is tried again after a short interval', 0.5, NOW, null, NOW + HOUR / 2],
  ['is not put off for years by a clock that was wrong', 24, NOW + 9_999 * HOUR, NOW + 9_999 * HOUR, NOW + 24 * HOUR],
])('a refresh %s', (_, everyHours, triedMs, endedMs, due) => {
  expect(nextRefreshMs(everyHours, { triedMs, endedMs }, NOW)).toBe(due)
})

import { expect, it } from 'vitest'
import { describeError } from '../../../src/shared/describe-error.ts'
import { waitOf } from '../../../src/shared/wait-words.ts'

it.each([
  [0, 0, 'seconds'],
  [1_001, 2, 'seconds'],
  [119_000, 119, 'seconds'],
  [120_000, 2, 'minutes'],
  [7_140_000, 119, 'minutes'],
  [7_199_999, 2, 'hours'],
  [86_400_000, 24, 'hours'],
] as const)('a wait of %s ms is %s %s', (waitMs, count, unit) => {
  expect(waitOf(waitMs)).toEqual({ count, unit })
})

it('a server that asks for hours is told in hours', () => {
  const busy = { code: 'throttled', endpoint: 'https://mail.example', retryAfterMs: 3 * 3_600_000 } as const
  expect(describeError(busy).nextStep).toContain('wait 3 hours')
})

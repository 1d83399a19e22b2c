import { describe, expect, it } from 'vitest'
import { isRefreshDue, looksMoved } from '../../../../src/main/core/connections/decide-refresh.ts'
import type { AppError } from '../../../../src/shared/errors.ts'

const HOUR_MS = 3_600_000

describe('isRefreshDue', () => {
  it.each([
    { name: 'what is known for a day', ageHours: 24, hasFailed: false, isDue: false },
    { name: 'what is known for a week', ageHours: 168, hasFailed: false, isDue: true },
    { name: 'what failed after two hours', ageHours: 2, hasFailed: true, isDue: true },
    { name: 'what failed within the hour', ageHours: 0.9, hasFailed: true, isDue: false },
    { name: 'what failed and was looked up just now', ageHours: 200, triedHours: 0.5, hasFailed: true, isDue: false },
    { name: 'an old one that was looked up in vain', ageHours: 200, triedHours: 0.5, hasFailed: false, isDue: false },
    {
      name: 'an old one that was looked up in vain before',
      ageHours: 200,
      triedHours: 2,
      hasFailed: false,
      isDue: true,
    },
  ])('$name: $isDue', ({ ageHours, triedHours, hasFailed, isDue }) => {
    const nowMs = 1_000 * HOUR_MS
    const triedAtMs = triedHours === undefined ? null : nowMs - triedHours * HOUR_MS
    expect(isRefreshDue({ nowMs, foundAtMs: nowMs - ageHours * HOUR_MS, triedAtMs, hasFailed })).toBe(isDue)
  })
})

describe('looksMoved', () => {
  const endpoint = 'https://mail.contoso.com'
  const unexpected = (status: number | null, detail = ''): AppError => ({
    ...{ code: 'unexpected-answer', endpoint, status, detail },
  })
  it.each<[AppError, boolean]>([
    [{ code: 'unreachable', endpoint, reason: 'ECONNREFUSED' }, true],
    [unexpected(302), true],
    [unexpected(404), true],
    [unexpected(410), true],
    [unexpected(500), false],
    [unexpected(200, 'Exchange says ErrorMailboxMoveInProgress'), true],
    [unexpected(200, 'Exchange says ErrorItemNotFound'), false],
    [{ code: 'redirect-refused', endpoint, target: 'https://x' }, true],
    [{ code: 'unauthorized', endpoint, hint: 'wrong-password' }, false],
    [{ code: 'throttled', endpoint, retryAfterMs: 1 }, false],
  ])('%o: %s', (error, isMoved) => {
    expect(looksMoved(error)).toBe(isMoved)
  })
})

import { expect, it } from 'vitest'
import { neverAsked } from '../../../../src/main/core/photos/photo-record.ts'
import { answeredSince } from '../../../../src/main/core/sync/answered-since.ts'
import type { PhotoRecord } from '../../../../src/shared/photos.ts'
import { addressOf } from '../../../support/photo-records.ts'

const SINCE = 1_000
const NOW = 2_000
const PHOTO = { verdict: 'photo', firstSeenMs: 10, changedMs: 10, checkedMs: 1_500, askedMs: 1_500 } as const
const FORBIDDEN = { code: 'forbidden', endpoint: 'x' } as const
const FAULT = { code: 'unexpected-answer', endpoint: 'x', status: 500, detail: '' } as const

it.each<[string, Partial<PhotoRecord>, ReturnType<typeof answeredSince>]>([
  ['never asked', {}, null],
  ['answered before', { ...PHOTO, checkedMs: 999 }, null],
  ['answered by a clock that is ahead', { ...PHOTO, checkedMs: 2_001 }, null],
  ['the same photo', PHOTO, { outcome: 'same', isRemoved: false }],
  ['another photo', { ...PHOTO, changedMs: 1_500 }, { outcome: 'changed', isRemoved: false }],
  ['a first photo', { ...PHOTO, firstSeenMs: 1_500, changedMs: 1_500 }, { outcome: 'new', isRemoved: false }],
  ['no photo, as before', { ...PHOTO, verdict: 'absent' }, { outcome: 'none', isRemoved: false }],
  [
    'no photo any more',
    { ...PHOTO, verdict: 'absent', isRemoved: true, changedMs: 1_500 },
    { outcome: 'none', isRemoved: true },
  ],
  ['not available here', { askedMs: 1_500, error: FORBIDDEN }, { outcome: 'not-available', isRemoved: false }],
  ['not available here before', { askedMs: 999, error: FORBIDDEN }, null],
  ['a failure', { ...PHOTO, error: FAULT }, null],
])('%s', (_, facts, expected) => {
  const { record } = neverAsked(addressOf('ada'), 'HR96x96')
  expect(answeredSince({ ...record, ...facts }, SINCE, NOW)).toEqual(expected)
})

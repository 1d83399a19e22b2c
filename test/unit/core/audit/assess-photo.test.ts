import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assessPhoto } from '../../../../src/main/core/audit/assess-photo.ts'
import { DEFAULT_AUDIT_POLICY } from '../../../../src/shared/audit.ts'
import type { AppError } from '../../../../src/shared/errors.ts'
import { FINDING_CODES, type FindingCode, type PhotoState } from '../../../../src/shared/people.ts'
import type { PhotoRecord } from '../../../../src/shared/photos.ts'
import { SIZE_CODES } from '../../../../src/shared/size-codes.ts'
import { photoRecord } from '../../../support/photo-records.ts'

const LARGEST = { sizeCode: 'HR648x648' } as const
const DIRECTORY = { sizeCode: 'HR48x48' } as const
const TILE = { sizeCode: 'HR240x240' } as const

const px = (widthPx: number, heightPx = widthPx) => ({ widthPx, heightPx })
const hash = (letter: string) => ({ contentHash: letter.repeat(64) })
const bare = {
  ...{ contentHash: null, etag: null, contentType: null, format: null, isDecodable: null, hasLocation: null },
  ...{ widthPx: null, heightPx: null, bytes: null, firstSeenMs: null, changedMs: null },
}
const absent: Partial<PhotoRecord> = { ...bare, verdict: 'absent', status: 404 }
const failed = (error: AppError): Partial<PhotoRecord> => ({
  ...bare,
  ...{ verdict: 'not-asked', status: null, checkedMs: null, error },
})
const unreachable: AppError = { code: 'unreachable', endpoint: 'https://mail.fjordline.example', reason: 'ECONNRESET' }
const forbidden: AppError = { code: 'forbidden', endpoint: 'https://mail.fjordline.example' }

function assess(...records: Partial<PhotoRecord>[]) {
  return assessPhoto(
    records.map((facts) => photoRecord(facts)),
    DEFAULT_AUDIT_POLICY,
  )
}

interface Case {
  readonly of: string
  readonly records: Partial<PhotoRecord>[]
  readonly state: PhotoState
  readonly findings?: FindingCode[]
}

const tooLarge: AppError = { code: 'photo-too-large', address: 'a@fjordline.example', limitBytes: 20_000_000 }

const CASES: Case[] = [
  {
    of: 'a photo that was too large to be read',
    records: [{ ...LARGEST, ...failed(tooLarge) }],
    state: 'photo',
    findings: ['too-large'],
  },
  {
    of: 'a photo whose successor was too large to be read',
    records: [{ ...LARGEST, ...px(648), error: tooLarge }],
    state: 'photo',
    findings: ['too-large'],
  },
  { of: 'nobody asked', records: [], state: 'not-asked' },
  {
    of: 'a question that was cancelled',
    records: [{ ...LARGEST, ...failed({ code: 'cancelled' }) }],
    state: 'not-asked',
  },
  { of: 'a full photo', records: [{ ...LARGEST, ...px(648) }], state: 'photo' },
  {
    of: 'the directory’s picture by LDAP, and nothing of the mailbox',
    records: [{ ...DIRECTORY, ...px(96), askedUrl: 'ldaps://dc1.fjordline.example/DC=x?thumbnailPhoto' }],
    state: 'not-asked',
  },
  {
    of: 'the directory’s picture by LDAP, and a mailbox that could not be asked',
    records: [
      { ...DIRECTORY, ...px(96), askedUrl: 'ldap://dc1.fjordline.example/DC=x?thumbnailPhoto' },
      { ...LARGEST, ...failed(unreachable) },
    ],
    state: 'could-not-ask',
  },
  {
    of: 'the directory’s picture by LDAP, and no photo in the mailbox',
    records: [
      { ...DIRECTORY, ...px(96), askedUrl: 'ldaps://dc1.fjordline.example/DC=x?thumbnailPhoto' },
      { ...LARGEST, ...absent },
    ],
    state: 'thumbnail-only',
    findings: ['thumbnail-only'],
  },
  { of: '404', records: [{ ...LARGEST, ...absent }], state: 'none', findings: ['missing'] },
  { of: '404 at any size', records: [{ ...TILE, ...absent }], state: 'none', findings: ['missing'] },
  { of: '403', records: [{ ...LARGEST, ...failed(forbidden) }], state: 'not-available-here' },
  {
    of: 'an address that is not of this organisation',
    records: [{ ...LARGEST, ...failed({ code: 'unknown-person', address: 'a@b.example' }) }],
    state: 'not-available-here',
  },
  { of: 'a reset connection', records: [{ ...LARGEST, ...failed(unreachable) }], state: 'could-not-ask' },
  {
    of: 'a failure after a photo was held',
    records: [{ ...LARGEST, ...px(648), error: unreachable }],
    state: 'photo',
  },
  {
    of: 'a failure after a 404',
    records: [{ ...LARGEST, ...absent, error: unreachable }],
    state: 'none',
    findings: ['missing'],
  },
  {
    of: 'the same small bytes as the directory’s',
    records: [
      { ...LARGEST, ...px(96), ...hash('a') },
      { ...DIRECTORY, ...px(96), ...hash('a') },
    ],
    state: 'thumbnail-only',
    findings: ['thumbnail-only'],
  },
  {
    of: 'a small answer to the largest size alone',
    records: [{ ...LARGEST, ...px(64) }],
    state: 'thumbnail-only',
    findings: ['thumbnail-only'],
  },
  {
    of: 'a small photo that is not the directory’s',
    records: [
      { ...LARGEST, ...px(80), ...hash('a') },
      { ...DIRECTORY, ...px(48), ...hash('b') },
    ],
    state: 'photo',
    findings: ['low-resolution'],
  },
  {
    of: 'a small photo where the directory has none',
    records: [
      { ...LARGEST, ...px(80) },
      { ...DIRECTORY, ...absent },
    ],
    state: 'photo',
    findings: ['low-resolution'],
  },
  {
    of: 'the same bytes as the directory’s, but too large for a thumbnail',
    records: [
      { ...LARGEST, ...px(97), ...hash('a') },
      { ...DIRECTORY, ...px(97), ...hash('a') },
    ],
    state: 'photo',
    findings: ['low-resolution'],
  },
  {
    of: 'the directory’s picture where the mailbox has none',
    records: [
      { ...LARGEST, ...absent },
      { ...DIRECTORY, ...px(64) },
    ],
    state: 'thumbnail-only',
    findings: ['thumbnail-only'],
  },
  {
    of: 'the directory’s picture where the mailbox’s could not be asked for',
    records: [
      { ...LARGEST, ...failed(unreachable) },
      { ...DIRECTORY, ...px(64) },
    ],
    state: 'could-not-ask',
  },
  { of: '239 px', records: [{ ...LARGEST, ...px(239) }], state: 'photo', findings: ['low-resolution'] },
  { of: '240 px', records: [{ ...LARGEST, ...px(240) }], state: 'photo', findings: ['improvable-resolution'] },
  { of: '647 px', records: [{ ...LARGEST, ...px(647) }], state: 'photo', findings: ['improvable-resolution'] },
  { of: 'a tile as large as it was asked for', records: [{ ...TILE, ...px(240) }], state: 'photo' },
  {
    of: 'a tile smaller than asked for',
    records: [{ ...TILE, ...px(180) }],
    state: 'photo',
    findings: ['low-resolution'],
  },
  {
    of: 'a tile no larger than a thumbnail',
    records: [{ ...TILE, ...px(96) }],
    state: 'thumbnail-only',
    findings: ['thumbnail-only'],
  },
  { of: '2 % off square', records: [{ ...LARGEST, ...px(1000, 980) }], state: 'photo' },
  {
    of: 'more than 2 % off square',
    records: [{ ...LARGEST, ...px(979, 1000) }],
    state: 'photo',
    findings: ['not-square'],
  },
  {
    of: 'bytes that do not decode',
    records: [{ ...LARGEST, ...px(100, 648), isDecodable: false, format: 'png' }],
    state: 'photo',
    findings: ['unreadable'],
  },
  {
    of: 'an answer without bytes',
    records: [{ ...LARGEST, isDecodable: false, format: 'unknown', bytes: 0, widthPx: null, heightPx: null }],
    state: 'photo',
    findings: ['unreadable'],
  },
  {
    of: 'PNG called JPEG',
    records: [{ ...LARGEST, ...px(648), format: 'png' }],
    state: 'photo',
    findings: ['wrong-type'],
  },
  {
    of: 'a type with a parameter and capitals',
    records: [{ ...LARGEST, ...px(648), contentType: 'Image/JPEG; q=1' }],
    state: 'photo',
  },
  { of: 'no type at all', records: [{ ...LARGEST, ...px(648), contentType: null }], state: 'photo' },
  { of: '1,000,000 bytes', records: [{ ...LARGEST, ...px(648), bytes: 1_000_000 }], state: 'photo' },
  {
    of: 'more than 1,000,000 bytes',
    records: [{ ...LARGEST, ...px(648), bytes: 1_000_001 }],
    state: 'photo',
    findings: ['too-large'],
  },
  {
    of: 'a place in EXIF',
    records: [{ ...LARGEST, ...px(648), hasLocation: true }],
    state: 'photo',
    findings: ['has-location'],
  },
  {
    of: 'a photo of which a later question heard that it is gone',
    records: [
      { ...LARGEST, ...px(648), checkedMs: 1_000 },
      { ...TILE, ...absent, checkedMs: 2_000 },
    ],
    state: 'none',
    findings: ['missing'],
  },
  {
    of: 'a photo that came after a 404',
    records: [
      { ...LARGEST, ...absent, checkedMs: 1_000 },
      { ...TILE, ...px(240), checkedMs: 2_000 },
    ],
    state: 'photo',
  },
]

describe('assessPhoto', () => {
  it.each(CASES)('calls $of "$state" with $findings', ({ records, state, findings = [] }) => {
    expect(assess(...records)).toMatchObject({ state, findings })
    expect(assess(...records.toReversed())).toMatchObject({ state, findings })
  })

  it('tells why there is no verdict, and only then', () => {
    expect(assess({ ...LARGEST, ...failed(unreachable) }).reason).toEqual(unreachable)
    expect(assess({ ...LARGEST, ...px(648), error: unreachable }).reason).toBeNull()
  })

  it('takes the answer to the largest size as the best picture, even when another one is wider', () => {
    expect(assess({ ...LARGEST, ...px(200) }, { ...TILE, ...px(240) }).best).toMatchObject(LARGEST)
  })

  it('goes by the limits of the policy', () => {
    const record = photoRecord({ ...LARGEST, ...px(300) })
    const policy = { ...DEFAULT_AUDIT_POLICY, poorBelowPx: 301 }
    expect(assessPhoto([record], policy).findings).toEqual(['low-resolution'])
  })

  it('never calls an error "none", and always gives findings that fit the state', () => {
    const records = fc.uniqueArray(
      fc.record({
        sizeCode: fc.constantFrom(...SIZE_CODES),
        kind: fc.constantFrom('photo', 'absent', 'failed'),
        side: fc.integer({ min: 0, max: 2_000 }),
        checkedMs: fc.integer({ min: 0, max: 9 }),
        letter: fc.constantFrom('a', 'b'),
      }),
      { selector: (record) => record.sizeCode },
    )
    fc.assert(
      fc.property(records, (given) => {
        const { state, findings } = assess(
          ...given.map(({ sizeCode, kind, side, checkedMs, letter }) => ({
            sizeCode,
            ...(kind === 'photo' ? { ...px(side), ...hash(letter) } : kind === 'absent' ? absent : failed(unreachable)),
            ...(kind === 'failed' ? {} : { checkedMs }),
          })),
        )
        if (!given.some(({ kind }) => kind === 'absent')) expect(state).not.toBe('none')
        expect(findings.includes('missing')).toBe(state === 'none')
        expect(findings.includes('thumbnail-only')).toBe(state === 'thumbnail-only')
        expect(findings).toEqual(FINDING_CODES.filter((code) => findings.includes(code)))
      }),
    )
  })
})

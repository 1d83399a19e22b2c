import type { FindingCode, PhotoState } from '../../../shared/people.ts'

/** What a person reads for a state (product.md, Audit). */
export const STATE_WORDS: Readonly<Record<PhotoState, string>> = {
  photo: 'photo',
  'thumbnail-only': 'thumbnail only',
  none: 'none',
  'not-available-here': 'not available here',
  'could-not-ask': 'could not ask',
  'not-asked': 'not asked yet',
  'not-expected': 'none expected',
}

/** What a person reads for a finding. */
export const FINDING_WORDS: Readonly<Record<FindingCode, string>> = {
  missing: 'missing',
  'thumbnail-only': 'thumbnail only',
  'low-resolution': 'low resolution',
  'improvable-resolution': 'resolution could be better',
  'not-square': 'not square',
  unreadable: 'unreadable',
  'wrong-type': 'wrong type',
  'too-large': 'too large',
  'has-location': 'holds a place',
}

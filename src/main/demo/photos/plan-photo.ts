import type { FindingCode, PhotoState } from '../../../shared/people.ts'
import { FINDING_CODES } from '../../../shared/people.ts'
import type { DemoPerson, DemoPixels, DemoTruth, PhotoCase } from '../demo-types.ts'
import { createSeededRandom, type SeededRandom } from '../organisation/seeded-random.ts'

/** A picture that is stored somewhere: which drawing, and its size. */
export interface StoredPlan extends DemoPixels {
  /** Names the drawing: the same name is the same picture. The part before the colon says what is drawn. */
  readonly picture: string
}

/** What is stored of one mailbox's photo. */
export interface PhotoPlan {
  readonly photoCase: PhotoCase
  /** The photo in the mailbox, at the largest size that is kept. */
  readonly mailbox: StoredPlan | null
  /** The `thumbnailPhoto` in the directory. */
  readonly thumbnail: StoredPlan | null
}

/** Every so many people one is a special case; a whole round of the cases takes `SPECIAL_EVERY` times their number. */
const SPECIAL_EVERY = 20
const SPECIAL_AT = 13
const SPECIAL_CASES: readonly PhotoCase[] = [
  'not-square',
  'logo',
  'same-picture',
  'truncated',
  'png-as-jpeg',
  'location',
  'directory-differs',
  'empty',
  'huge',
]

/** The largest side that an upload is kept at, px. */
const FULL_PX = 648
/** Set-UserPhoto writes a copy of this side to the directory, px. */
const THUMBNAIL_PX = 64
const SMALL_PX: readonly number[] = [64, 72, 80, 96, 120, 150, 180, 200, 240, 300, 320, 400, 480, 500, 600]
const NOT_SQUARE: readonly DemoPixels[] = [
  { widthPx: 648, heightPx: 486 },
  { widthPx: 432, heightPx: 648 },
  { widthPx: 648, heightPx: 620 },
]
const HUGE_PX = 1600
const THUMBNAILS: readonly DemoPixels[] = [
  { widthPx: 96, heightPx: 96 },
  { widthPx: 96, heightPx: 96 },
  { widthPx: 64, heightPx: 64 },
  { widthPx: 48, heightPx: 48 },
  { widthPx: 96, heightPx: 72 },
]

/** Shares of the ordinary cases among people: full size, small original, thumbnail only, none. The rest are special. */
const SHARES = [62, 16, 11, 11]

function square(picture: string, sidePx: number): StoredPlan {
  return { picture, widthPx: sidePx, heightPx: sidePx }
}

/** A photo of full size with the directory's copy of it. */
export function planFullPhoto(picture: string): PhotoPlan {
  return { photoCase: 'plain', mailbox: square(picture, FULL_PX), thumbnail: square(picture, THUMBNAIL_PX) }
}

/** Neither the mailbox nor the directory has a picture. */
export const NO_PHOTO: PhotoPlan = { photoCase: 'plain', mailbox: null, thumbnail: null }

function specialCaseAt(index: number): PhotoCase | null {
  if (index < 0 || index % SPECIAL_EVERY !== SPECIAL_AT) return null
  return SPECIAL_CASES[Math.floor(index / SPECIAL_EVERY) % SPECIAL_CASES.length] ?? null
}

function planSpecial(photoCase: PhotoCase, picture: string, neighbour: string, random: SeededRandom): PhotoPlan {
  const full = { ...planFullPhoto(picture), photoCase }
  switch (photoCase) {
    case 'not-square':
      return { ...full, mailbox: { picture, ...random.pick(NOT_SQUARE) } }
    case 'same-picture':
      return { ...planFullPhoto(neighbour), photoCase }
    case 'logo':
      return { ...planFullPhoto('logo:company'), photoCase }
    case 'directory-differs':
      return { ...full, thumbnail: square(`${picture}/former`, THUMBNAIL_PX) }
    case 'huge':
      return { ...full, mailbox: square(picture, HUGE_PX) }
    default:
      return full
  }
}

function planOrdinary(picture: string, random: SeededRandom): PhotoPlan {
  switch (random.pickWeighted(SHARES)) {
    case 0:
      return random.next() < 0.05 ? { ...planFullPhoto(picture), thumbnail: null } : planFullPhoto(picture)
    case 1:
      return { ...planFullPhoto(picture), mailbox: square(picture, random.pick(SMALL_PX)) }
    case 2:
      return { ...NO_PHOTO, thumbnail: { picture, ...random.pick(THUMBNAILS) } }
    default:
      return NO_PHOTO
  }
}

function planResource(person: DemoPerson, random: SeededRandom): PhotoPlan {
  if (person.kind === 'room' && random.next() < 0.3) return planFullPhoto(`room:${person.address}`)
  if (person.kind === 'shared' && random.next() < 0.3) return { ...planFullPhoto('logo:company'), photoCase: 'logo' }
  return NO_PHOTO
}

/**
 * Decides what is stored for the entry at `index` of the directory. Depends on nothing but the seed and the entry (and, for
 * `same-picture`, on the entry before it, which then has a plain photo).
 */
export function planPhoto(seed: string, people: readonly DemoPerson[], index: number): PhotoPlan {
  const person = people[index]
  if (person === undefined) return NO_PHOTO
  const random = createSeededRandom(`${seed}/photo/${person.address}`)
  if (person.kind !== 'person') return planResource(person, random)
  const picture = `face:${person.address}`
  const isFixed = index < 3 || specialCaseAt(index + 1) === 'same-picture'
  if (isFixed) return planFullPhoto(picture)
  const special = specialCaseAt(index)
  if (special === null) return planOrdinary(picture, random)
  return planSpecial(special, picture, `face:${people[index - 1]?.address}`, random)
}

function isOblong({ widthPx, heightPx }: DemoPixels): boolean {
  return Math.abs(widthPx - heightPx) / Math.max(widthPx, heightPx) > 0.02
}

function mailboxFindings(photoCase: PhotoCase, mailbox: StoredPlan): FindingCode[] {
  if (photoCase === 'empty') return ['unreadable']
  const longerPx = Math.max(mailbox.widthPx, mailbox.heightPx)
  const findings: (FindingCode | false)[] = [
    longerPx < 240 && 'low-resolution',
    longerPx >= 240 && longerPx < FULL_PX && 'improvable-resolution',
    isOblong(mailbox) && 'not-square',
    photoCase === 'truncated' && 'unreadable',
    photoCase === 'png-as-jpeg' && 'wrong-type',
    photoCase === 'huge' && 'too-large',
    photoCase === 'location' && 'has-location',
  ]
  return findings.filter((finding) => finding !== false)
}

/** What an honest audit with the default limits says of this plan. */
export function judgePlan(person: DemoPerson, plan: PhotoPlan): DemoTruth {
  const { photoCase, mailbox, thumbnail } = plan
  const pixels = (stored: StoredPlan | null): DemoPixels | null =>
    stored === null ? null : { widthPx: stored.widthPx, heightPx: stored.heightPx }
  const judge = (): { state: PhotoState; findings: FindingCode[] } => {
    if (mailbox !== null) return { state: 'photo', findings: mailboxFindings(photoCase, mailbox) }
    if (thumbnail === null && person.kind === 'list') return { state: 'not-expected', findings: [] }
    if (thumbnail === null) return { state: 'none', findings: ['missing'] }
    return {
      state: 'thumbnail-only',
      findings: ['thumbnail-only', ...(isOblong(thumbnail) ? ['not-square' as const] : [])],
    }
  }
  const { state, findings } = judge()
  return {
    address: person.address,
    kind: person.kind,
    state,
    findings: FINDING_CODES.filter((code) => findings.includes(code)),
    photoCase,
    largest: photoCase === 'empty' ? { widthPx: 0, heightPx: 0 } : pixels(mailbox ?? thumbnail),
    thumbnail: pixels(thumbnail),
  }
}

import type { AuditPolicy } from '../../../shared/audit.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { FindingCode, PhotoState } from '../../../shared/people.ts'
import { FINDING_CODES } from '../../../shared/people.ts'
import type { PhotoRecord, PictureFormat } from '../../../shared/photos.ts'
import { DIRECTORY_SIZE_CODE, LARGEST_SIZE_CODE, sizeCodePx } from '../../../shared/size-codes.ts'

/** What a person's photo comes to: the state says what there is, the findings say what is wrong with it. */
export interface PhotoAssessment {
  readonly state: PhotoState
  /** In the order of `FINDING_CODES`. */
  readonly findings: FindingCode[]
  /** The record of the best picture that the server has of the person, as far as it was asked; null when there is none. */
  readonly best: PhotoRecord | null
  /** Why there is no picture to judge: `could-not-ask`, `not-available-here`, or a photo too large to be read; else null. */
  readonly reason: AppError | null
}

/**
 * Decides the state of one person's photo and what is wrong with it, from everything that was ever asked about it. An error
 * never counts as `none`, and a failed attempt never takes away a verdict that is held.
 *
 * A later "no photo" outdates the pictures seen before it, except the directory's (HR48x48), which is another picture: it
 * can exist where the mailbox has none. Where only LDAP gave that one, nobody has asked about the mailbox's yet.
 * @param records what is held of one person, at most one for each size code, in any order
 * @see "User photos in EWS in Exchange 2013", User photo sizes; protocol.md 1.3
 */
export function assessPhoto(records: readonly PhotoRecord[], policy: AuditPolicy): PhotoAssessment {
  const largest = records.find((record) => record.sizeCode === LARGEST_SIZE_CODE)
  const best = findBest(records)
  const tooLarge = records.map(failureOf).find((error) => error?.code === 'photo-too-large')
  if (tooLarge !== undefined && best === null) {
    return { state: 'photo', findings: ['too-large'], best: null, reason: tooLarge }
  }
  if (best === null) {
    if (records.some((record) => record.verdict === 'absent'))
      return { state: 'none', findings: ['missing'], best: null, reason: null }
    return assessSilence(largest === undefined ? records : [largest, ...records], null)
  }
  if (isFromLdap(best) && !records.some(isOfMailbox)) return assessSilence(largest === undefined ? [] : [largest], best)
  const isDirectoryAllThereIs = best.sizeCode === DIRECTORY_SIZE_CODE && largest !== undefined
  if (isDirectoryAllThereIs && largest.verdict === 'not-asked' && failureOf(largest) !== null)
    return assessSilence([largest], best)
  return assessPicture(best, records, policy)
}

/** It was read out of the directory: that says nothing of the mailbox. */
function isFromLdap({ sizeCode, askedUrl }: PhotoRecord): boolean {
  return sizeCode === DIRECTORY_SIZE_CODE && askedUrl !== null && /^ldaps?:/.test(askedUrl)
}

/** Whether the server gave a verdict on what the mailbox has. */
function isOfMailbox({ sizeCode, verdict }: PhotoRecord): boolean {
  return sizeCode !== DIRECTORY_SIZE_CODE && verdict !== 'not-asked'
}

/** The picture that the largest code was answered with; without it the widest of the others. */
function findBest(records: readonly PhotoRecord[]): PhotoRecord | null {
  const outdatedBeforeMs = Math.max(
    ...records
      .filter((record) => record.verdict === 'absent' && record.sizeCode !== DIRECTORY_SIZE_CODE)
      .map((record) => record.checkedMs ?? 0),
  )
  const pictures = records.filter(
    (record) =>
      record.verdict === 'photo' &&
      (record.sizeCode === DIRECTORY_SIZE_CODE || (record.checkedMs ?? 0) >= outdatedBeforeMs),
  )
  const rank = (record: PhotoRecord) =>
    record.sizeCode === LARGEST_SIZE_CODE
      ? Number.POSITIVE_INFINITY
      : record.isDecodable === false
        ? -1
        : longerPx(record)
  return pictures.reduce<PhotoRecord | null>(
    (best, record) => (best === null || rank(record) > rank(best) ? record : best),
    null,
  )
}

/** The error of the last attempt; being cancelled is no attempt. */
function failureOf(record: PhotoRecord): AppError | null {
  return record.error === null || record.error.code === 'cancelled' ? null : record.error
}

/** No verdict: the first failure says why; without one nobody asked. */
function assessSilence(records: readonly PhotoRecord[], best: PhotoRecord | null): PhotoAssessment {
  const reason = records.map(failureOf).find((error) => error !== null) ?? null
  if (reason === null) return { state: 'not-asked', findings: [], best, reason }
  const isElsewhere = reason.code === 'forbidden' || reason.code === 'unknown-person'
  return { state: isElsewhere ? 'not-available-here' : 'could-not-ask', findings: [], best, reason }
}

function assessPicture(best: PhotoRecord, records: readonly PhotoRecord[], policy: AuditPolicy): PhotoAssessment {
  // What cannot be decoded has no true pixels: no other check can say anything about it.
  if (best.isDecodable === false) return { state: 'photo', findings: ['unreadable'], best, reason: null }
  const isThumbnail = isThumbnailOnly(best, records, policy)
  // The good picture that is held is shown and judged; what the server has now cannot be decoded.
  const isSpoilt = best.refused !== null
  const found = new Set<FindingCode>(isThumbnail ? ['thumbnail-only'] : findResolution(best, policy))
  if (isSpoilt) found.add('unreadable')
  if (isOffSquare(best, policy.notSquareOverPercent)) found.add('not-square')
  if (hasWrongType(best)) found.add('wrong-type')
  // What the server has now was too large to be read; the one before it is shown.
  const isRefused = records.some((record) => record.error?.code === 'photo-too-large')
  if (isRefused || (best.bytes !== null && best.bytes > policy.tooLargeOverBytes)) found.add('too-large')
  if (best.hasLocation === true) found.add('has-location')
  return {
    state: isThumbnail ? 'thumbnail-only' : 'photo',
    findings: FINDING_CODES.filter((code) => found.has(code)),
    best,
    reason: null,
  }
}

/**
 * Whether the picture is (probably) the directory's: small, and not known to be another one than HR48x48 brings, which is
 * always the directory's where there is one.
 */
function isThumbnailOnly(best: PhotoRecord, records: readonly PhotoRecord[], policy: AuditPolicy): boolean {
  if (!isLargestAvailable(best, records) || longerPx(best) === 0 || longerPx(best) > policy.thumbnailUpToPx)
    return false
  const directory = records.find((record) => record.sizeCode === DIRECTORY_SIZE_CODE)
  if (directory === undefined || directory.verdict === 'not-asked') return true
  return directory.verdict === 'photo' && directory.contentHash === best.contentHash
}

/**
 * Whether the server has nothing larger: it was asked for the largest code, or sent less than it was asked for; or the
 * mailbox has no photo, so that the directory's is all there is.
 */
function isLargestAvailable(best: PhotoRecord, records: readonly PhotoRecord[]): boolean {
  if (best.sizeCode === LARGEST_SIZE_CODE) return true
  if (best.sizeCode === DIRECTORY_SIZE_CODE)
    return records.some((record) => record.verdict === 'absent' && record.sizeCode !== DIRECTORY_SIZE_CODE)
  return longerPx(best) < sizeCodePx(best.sizeCode)
}

function findResolution(best: PhotoRecord, policy: AuditPolicy): FindingCode[] {
  const px = longerPx(best)
  const isKnown = px > 0 && isLargestAvailable(best, [])
  if (isKnown && px < policy.poorBelowPx) return ['low-resolution']
  if (isKnown && px < policy.improvableBelowPx) return ['improvable-resolution']
  return []
}

function longerPx(record: PhotoRecord): number {
  return Math.max(record.widthPx ?? 0, record.heightPx ?? 0)
}

function isOffSquare(record: PhotoRecord, overPercent: number): boolean {
  if (record.widthPx === null || record.heightPx === null || longerPx(record) === 0) return false
  return (Math.abs(record.widthPx - record.heightPx) * 100) / longerPx(record) > overPercent
}

const MEDIA_TYPES: Record<PictureFormat, readonly string[]> = {
  jpeg: ['image/jpeg', 'image/jpg', 'image/pjpeg'],
  png: ['image/png', 'image/x-png'],
  gif: ['image/gif'],
  webp: ['image/webp'],
  bmp: ['image/bmp', 'image/x-bmp', 'image/x-ms-bmp'],
  unknown: [],
}

/** Whether the Content-Type is at odds with the bytes. One that is missing says nothing wrong. */
function hasWrongType(record: PhotoRecord): boolean {
  if (record.format === null || record.format === 'unknown' || record.contentType === null) return false
  const mediaType = record.contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return mediaType !== '' && !MEDIA_TYPES[record.format].includes(mediaType)
}

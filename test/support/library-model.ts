import type { PhotoOutcome } from '../../src/shared/photos.ts'
import type { ScriptedPhoto } from './scripted-photos.ts'

const HOUR_MS = 3_600_000

/** What a library should hold of one person, by the naive rules of docs/decisions/0010. */
export interface ModelPhoto {
  verdict: 'photo' | 'absent' | 'not-asked'
  text: string | null
  etag: string | null
  isEtagTrusted: boolean
  checkedMs: number
  hasFailed: boolean
  refused: string | null
  /** Earlier texts, the last replaced first. */
  history: string[]
}

/** What one question must come to: the validators that must have been sent, and how it is counted. */
export interface ModelAnswer {
  readonly sent: (string | null)[]
  readonly outcome: PhotoOutcome
  readonly isRemoved: boolean
}

/** A person of whom nothing was ever asked. */
export function unaskedPhoto(): ModelPhoto {
  return {
    verdict: 'not-asked',
    text: null,
    etag: null,
    isEtagTrusted: true,
    checkedMs: 0,
    hasFailed: false,
    refused: null,
    history: [],
  }
}

/** Whether nobody has to be asked. */
export function isFreshIn(held: ModelPhoto, nowMs: number): boolean {
  return held.verdict !== 'not-asked' && !held.hasFailed && nowMs < held.checkedMs + 24 * HOUR_MS
}

/** Asks the model: changes what is held as the answer says. `isInFull`: without a validator. */
export function askModel(
  held: ModelPhoto,
  server: { readonly photo: ScriptedPhoto | null; readonly isFaulty: boolean },
  isInFull: boolean,
  nowMs: number,
): ModelAnswer {
  const isHeld = held.verdict === 'photo'
  const etag = isHeld && held.isEtagTrusted && !isInFull ? held.etag : null
  const { photo } = server
  if (server.isFaulty) return fail(held, etag)
  if (photo === null) return remove(held, etag, nowMs)
  if (etag !== null && etag === photo.etag) return confirm(held, etag, nowMs)
  const isGood = photo.text !== 'broken'
  if (!isGood && photo.isWhole === false) return fail(held, etag)
  if (!isGood && isHeld && held.text !== 'broken') {
    Object.assign(held, { refused: photo.text, checkedMs: nowMs, hasFailed: false })
    return { sent: [etag], outcome: 'failed', isRemoved: false }
  }
  return replace(held, photo, etag, nowMs)
}

/** Asked twice, then left: what was held stays. */
function fail(held: ModelPhoto, etag: string | null): ModelAnswer {
  held.hasFailed = true
  return { sent: [etag, etag], outcome: 'failed', isRemoved: false }
}

function remove(held: ModelPhoto, etag: string | null, nowMs: number): ModelAnswer {
  const isRemoved = held.verdict === 'photo'
  if (held.text !== null) held.history.unshift(held.text)
  Object.assign(held, { verdict: 'absent', text: null, etag: null, checkedMs: nowMs, hasFailed: false, refused: null })
  return { sent: [etag], outcome: 'none', isRemoved }
}

function confirm(held: ModelPhoto, etag: string, nowMs: number): ModelAnswer {
  Object.assign(held, { checkedMs: nowMs, hasFailed: false, refused: null })
  return { sent: [etag], outcome: 'same', isRemoved: false }
}

function replace(held: ModelPhoto, photo: ScriptedPhoto, etag: string | null, nowMs: number): ModelAnswer {
  const isHeld = held.verdict === 'photo'
  const isSame = isHeld && held.text === photo.text
  if (isHeld && !isSame && held.text !== null) {
    held.history.unshift(held.text)
    if (photo.etag !== null && photo.etag === held.etag) held.isEtagTrusted = false
  }
  const { text, etag: given } = photo
  Object.assign(held, { verdict: 'photo', text, etag: given, checkedMs: nowMs, hasFailed: false, refused: null })
  return { sent: [etag], outcome: isSame ? 'same' : isHeld ? 'changed' : 'new', isRemoved: false }
}

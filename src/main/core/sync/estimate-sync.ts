import type { SyncEstimate } from '../../../shared/photos.ts'
import { type SizeCode, sizeCodePx } from '../../../shared/size-codes.ts'
import { type Freshness, judgeStanding } from '../photos/decide-question.ts'
import type { HeldPhoto } from '../photos/ports.ts'

/** How fast the server has been: photos that were asked for, and how long that took. */
export interface MeasuredPace {
  readonly requests: number
  readonly seconds: number
}

/** What an estimate is made from. */
export interface EstimateFacts {
  readonly people: number
  readonly sizeCodes: readonly SizeCode[]
  readonly ask: 'stale' | 'all'
  /** What is held of some of the people, in every size that is asked; null: never asked. */
  readonly sample: readonly { readonly sizeCode: SizeCode; readonly held: HeldPhoto | null }[]
  readonly freshness: Freshness
  readonly nowMs: number
  /** Requests at the same time, at most. */
  readonly concurrency: number
  /** Of the last sync that was long enough to tell; null: there was none. */
  readonly pace: MeasuredPace | null
}

/** What a request takes where nothing was measured yet: a server in the next city (s). */
const REQUEST_SECONDS = 0.1
/** A JPEG of a face has about this many bytes for each pixel of its area, at the sizes that Exchange keeps. */
const BYTES_A_PIXEL = 0.08

/**
 * Estimates a sync: requests from the part of the sample that would be asked, bytes from those of which no bytes are held (an
 * unchanged photo is a 304 without a body), time from the pace of the last sync. Pure.
 */
export function estimateSync(facts: EstimateFacts): SyncEstimate {
  const { people, sizeCodes, sample, pace, concurrency } = facts
  const questions = people * sizeCodes.length
  const asked = sample.filter(({ held }) => isAsked(held, facts))
  const scale = sample.length === 0 ? 0 : questions / sample.length
  const requests = sample.length === 0 ? questions : Math.round(asked.length * scale)
  const bytes = asked.reduce((sum, { sizeCode, held }) => sum + expectedBytes(sizeCode, held, sample), 0) * scale
  const secondsEach =
    pace === null || pace.requests === 0 ? REQUEST_SECONDS / concurrency : pace.seconds / pace.requests
  return { people, requests, seconds: requests * secondsEach, bytes: Math.round(bytes) }
}

function isAsked(held: HeldPhoto | null, { ask, freshness, nowMs }: EstimateFacts): boolean {
  return ask === 'all' || judgeStanding(held, freshness, nowMs) !== 'fresh'
}

/** Of what was never answered: what others of this size have, times how many of them have a photo at all. */
function expectedBytes(sizeCode: SizeCode, held: HeldPhoto | null, sample: EstimateFacts['sample']): number {
  const verdict = held?.record.verdict ?? 'not-asked'
  if (verdict === 'absent') return 0
  if (verdict === 'photo') return held?.record.etag === null ? (held.record.bytes ?? 0) : 0
  const known = sample.filter((one) => one.sizeCode === sizeCode && (one.held?.record.checkedMs ?? null) !== null)
  if (known.length === 0) return sizeCodePx(sizeCode) ** 2 * BYTES_A_PIXEL
  return known.reduce((sum, one) => sum + (one.held?.record.bytes ?? 0), 0) / known.length
}

import type { AppError } from '../../../shared/errors.ts'
import type { PhotoOutcome } from '../../../shared/photos.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { chooseValidator } from '../photos/decide-question.ts'
import { nameOutcome, toPhotoChange } from '../photos/name-outcome.ts'
import { neverAsked } from '../photos/photo-record.ts'
import type {
  HeldPhoto,
  PhotoAnswer,
  PhotoChange,
  PhotoRepository,
  PhotoSource,
  PictureFacts,
  PictureProbe,
  StoredPicture,
} from '../photos/ports.ts'
import type { Clock } from '../ports.ts'
import type { BatchWriter } from './create-batch-writer.ts'
import type { Gate, GateTicket } from './create-gate.ts'
import type { Priority } from './gate-queue.ts'
import { isTransient } from './weigh-failure.ts'

/** What one question cost on the wire; bytes are those of bodies. */
export interface WireCost {
  readonly requests: number
  readonly bytesReceived: number
  readonly bytesSaved: number
}

/** What one question came to. */
export type Asked = WireCost &
  (
    | {
        readonly kind: 'answered'
        readonly outcome: PhotoOutcome
        /** Reads what is held now; a sync over thousands has no use for it. */
        readonly held: () => HeldPhoto
        readonly error: AppError | null
        /** "No photo" where one was held. */
        readonly isRemoved: boolean
      }
    /** Worth asking again. Nothing was kept of it: `keepFailure` does when nobody will. Null: nothing was even sent. */
    | { readonly kind: 'try-later'; readonly error: AppError; readonly failure: PhotoChange | null }
    /** Answered, but the library could not keep it. */
    | { readonly kind: 'not-kept'; readonly error: AppError }
    | { readonly kind: 'cancelled' }
  )

/** How to ask. */
export interface AskOptions {
  readonly priority: Priority
  /** Gives up while the question waits; what is on its way is finished and kept. */
  readonly signal: AbortSignal
  /** Asks without a validator, so that the picture comes whatever the server thinks has changed. */
  readonly isInFull?: boolean
  /** Takes the question back, to be asked later, if nothing was sent yet; what is on its way is waited for. */
  readonly takeBack?: AbortSignal | null
}

/** The one way in which a photo is asked for: joined, gated, conditional, looked at, kept. */
export interface PhotoAsker {
  /** Asks once, or joins the same question that is on its way. Never rejects for an expected failure. */
  ask(address: SmtpAddress, sizeCode: SizeCode, options: AskOptions): Promise<Asked>
  /**
   * Reads in one go what is held of photos that are about to be asked for.
   * @param isToBeAsked whether one will go to the server: only then its picture is read and its hash checked
   */
  lookAhead(
    addresses: readonly SmtpAddress[],
    sizeCodes: readonly SizeCode[],
    isToBeAsked: (held: HeldPhoto) => boolean,
  ): void
  /** Keeps a failure that nobody will try again. */
  keepFailure(failure: PhotoChange): Promise<void>
  /** What is held now, or a record that says that nothing was asked. */
  read(address: SmtpAddress, sizeCode: SizeCode): HeldPhoto
  /** Takes back what waits and waits for what is on its way: afterwards nothing touches the library any more. */
  drain(): Promise<void>
}

export interface PhotoAskerOptions {
  /** The way to the server. */
  readonly source: PhotoSource
  readonly photos: PhotoRepository
  readonly probe: PictureProbe
  readonly contentHash: (bytes: Uint8Array) => string
  readonly gate: Gate
  readonly writer: BatchWriter
  readonly clock: Clock
  /** Aborted when the account is closed: breaks off even what is on its way. */
  readonly closing: AbortSignal
}

/** A question under way, and how many wait for it. */
interface Flight {
  readonly ticket: GateTicket<PhotoAnswer>
  readonly asked: Promise<Asked>
  readonly controller: AbortController
  waiting: number
}

const NOTHING_MOVED: WireCost = { requests: 0, bytesReceived: 0, bytesSaved: 0 }
const CANCELLED: Asked = { kind: 'cancelled', ...NOTHING_MOVED }

/** Makes the asker of one account. */
export function createPhotoAsker(options: PhotoAskerOptions): PhotoAsker {
  const { photos, gate, writer, clock } = options
  const flights = new Map<string, Flight>()
  /** Pictures whose bytes were read and hashed in this run; doing it again for each question would cost more than asking. */
  const wholePictures = new Set<string>()

  function hasWholeBytes(contentHash: string): boolean {
    if (wholePictures.has(contentHash)) return photos.hasBytes(contentHash)
    if (photos.readBytes(contentHash) === null) return false
    wholePictures.add(contentHash)
    return true
  }

  function takeOff(key: string, address: SmtpAddress, sizeCode: SizeCode, how: AskOptions): Flight {
    const before = photos.find(address, sizeCode)
    const etag = how.isInFull === true ? null : chooseValidator(before, hasWholeBytes)
    const controller = new AbortController()
    const ticket = gate.enter<PhotoAnswer>({
      priority: how.priority,
      signal: controller.signal,
      work: () => options.source.fetchPhoto({ address, sizeCode, etag, signal: options.closing }),
      failureOf: (answer) => (answer.kind === 'failed' ? answer.error : null),
    })
    const asked = land(ticket, { address, sizeCode, before, isHeld: etag !== null })
    const flight: Flight = { ticket, asked, controller, waiting: 0 }
    flights.set(key, flight)
    return flight
  }

  async function land(ticket: GateTicket<PhotoAnswer>, question: Question): Promise<Asked> {
    const outcome = await ticket.outcome
    if (outcome.kind === 'cancelled') return CANCELLED
    if (outcome.kind === 'refused') return { kind: 'try-later', error: outcome.error, failure: null, ...NOTHING_MOVED }
    const answer = outcome.value
    const cost = costOf(answer, question.before)
    const picture = answer.kind === 'photo' ? await lookAt(answer.bytes, question.before) : null
    const hadFailed = question.before !== null && isFlawed(question.before)
    const isGoodHeld = picture?.facts.isDecodable === false && isGood(question.before)
    const change = toPhotoChange({ ...question, hadFailed, isGoodHeld, atMs: clock.nowMs() }, answer, picture)
    if (change.kind === 'failed' && change.error.code === 'cancelled') return { kind: 'cancelled', ...cost }
    if (change.kind === 'failed' && isTransient(change.error)) {
      return { kind: 'try-later', error: change.error, failure: change, ...cost }
    }
    const error = await writer.add(change)
    if (error !== null) return { kind: 'not-kept', error, ...cost }
    return {
      kind: 'answered',
      outcome: nameOutcome(question.before, change),
      held: () => read(question.address, question.sizeCode),
      error: errorOf(change),
      isRemoved: change.kind === 'absent' && question.before?.record.verdict === 'photo',
      ...cost,
    }
  }

  function isGood(before: HeldPhoto | null): boolean {
    const { isDecodable = null, contentHash = null } = before?.record ?? {}
    return isDecodable === true && contentHash !== null && hasWholeBytes(contentHash)
  }

  async function lookAt(bytes: Uint8Array, before: HeldPhoto | null): Promise<StoredPicture> {
    const contentHash = options.contentHash(bytes)
    return { contentHash, bytes, facts: knownFacts(before, contentHash) ?? (await options.probe.probe(bytes)) }
  }

  function read(address: SmtpAddress, sizeCode: SizeCode): HeldPhoto {
    return (options.closing.aborted ? null : photos.find(address, sizeCode)) ?? neverAsked(address, sizeCode)
  }

  /** Waits for the answer or for the caller's abort. The last who leaves takes a question back that was not sent yet. */
  async function waitFor(key: string, flight: Flight, { signal, takeBack }: AskOptions): Promise<Asked> {
    const left = Promise.withResolvers<Asked>()
    const leave = (): void => {
      flight.waiting -= 1
      if (flight.waiting === 0 && flight.ticket.isWaiting()) {
        flights.delete(key)
        flight.controller.abort()
      }
      left.resolve(CANCELLED)
    }
    const leaveUnsent = (): void => {
      if (flight.ticket.isWaiting()) leave()
    }
    flight.waiting += 1
    signal.addEventListener('abort', leave, { once: true })
    takeBack?.addEventListener('abort', leaveUnsent, { once: true })
    try {
      return await Promise.race([flight.asked, left.promise])
    } finally {
      signal.removeEventListener('abort', leave)
      takeBack?.removeEventListener('abort', leaveUnsent)
    }
  }

  return {
    async ask(address, sizeCode, how) {
      const { signal } = how
      if (signal.aborted || options.closing.aborted) return CANCELLED
      const key = `${sizeCode} ${address}`
      const joined = flights.get(key)
      if (joined !== undefined) {
        joined.ticket.promote(how.priority)
        return { ...(await waitFor(key, joined, how)), ...NOTHING_MOVED }
      }
      const flight = takeOff(key, address, sizeCode, how)
      const asked = waitFor(key, flight, how)
      const land = (): void => {
        if (flights.get(key) === flight) flights.delete(key)
      }
      flight.asked.then(land, land)
      return asked
    },
    lookAhead(addresses, sizeCodes, isToBeAsked) {
      if (options.closing.aborted) return
      photos.lookAhead(addresses, sizeCodes)
      const unread = new Set<string>()
      for (const address of addresses) {
        for (const sizeCode of sizeCodes) {
          const held = photos.find(address, sizeCode)
          if (held === null || !isToBeAsked(held)) continue
          chooseValidator(held, (contentHash) => {
            if (!wholePictures.has(contentHash)) unread.add(contentHash)
            return false
          })
        }
      }
      if (unread.size > 0) for (const whole of photos.listWhole([...unread])) wholePictures.add(whole)
    },
    async keepFailure(failure) {
      await writer.add(failure)
    },
    read,
    async drain() {
      const underWay = [...flights.values()]
      for (const flight of underWay) flight.controller.abort()
      await Promise.allSettled(underWay.map((flight) => flight.asked))
    },
  }
}

interface Question {
  readonly address: SmtpAddress
  readonly sizeCode: SizeCode
  readonly before: HeldPhoto | null
  /** Whether the question went out with a validator. */
  readonly isHeld: boolean
}

function errorOf(change: PhotoChange): AppError | null {
  if (change.kind === 'refused') return { code: 'photo-unreadable', address: change.address }
  return change.kind === 'failed' ? change.error : null
}

/** Something was amiss that a good answer makes good: the last attempt failed, or brought no whole picture. */
function isFlawed({ record }: HeldPhoto): boolean {
  return record.error !== null || record.refused !== null
}

function costOf(answer: PhotoAnswer, before: HeldPhoto | null): WireCost {
  const bytesSaved = answer.kind === 'not-modified' ? (before?.record.bytes ?? 0) : 0
  return { requests: 1, bytesReceived: answer.bodyBytes, bytesSaved }
}

/** What was found out about the same bytes when they came the last time. */
function knownFacts(before: HeldPhoto | null, contentHash: string): PictureFacts | null {
  if (before === null || before.record.contentHash !== contentHash) return null
  const { format, widthPx, heightPx, isDecodable, hasLocation } = before.record
  if (format === null || isDecodable === null || hasLocation === null) return null
  return { format, widthPx, heightPx, isDecodable, hasLocation }
}

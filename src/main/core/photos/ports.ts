import type { AppError } from '../../../shared/errors.ts'
import type { PhotoRecord, PhotoVersion, PictureFormat, SoapPhotoAnswer } from '../../../shared/photos.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'

/** A question for one photo. `etag` goes out as If-None-Match: give it only when the picture itself is held. */
export interface PhotoQuestion {
  readonly address: SmtpAddress
  readonly sizeCode: SizeCode
  readonly etag: string | null
  readonly signal: AbortSignal
}

/**
 * The server's answer about one photo, named. `bodyBytes`: how much body came over the wire. `askedUrl` has no secret.
 * `requestId`: the `client-request-id` by which the server's logs know the question. The statuses of `not-modified` and
 * `absent` are 304 and 404 over REST; over SOAP they say nothing, and `soapAnswer` tells what the answer said.
 */
export type PhotoAnswer = { readonly askedUrl: string; readonly bodyBytes: number; readonly requestId?: string } & (
  | {
      readonly kind: 'photo'
      readonly status: 200
      readonly bytes: Uint8Array
      /** Whether the framing vouches for the whole body (Content-Length or chunks); false: it ended with the connection. */
      readonly isWhole: boolean
      /** Verbatim, quotes and `W/` included. */
      readonly etag: string | null
      readonly contentType: string | null
      /** From Expires or Cache-Control: a lower bound for asking again. */
      readonly freshUntilMs: number | null
    }
  | {
      readonly kind: 'not-modified'
      readonly status: number
      readonly soapAnswer?: SoapPhotoAnswer
      readonly freshUntilMs: number | null
    }
  | { readonly kind: 'absent'; readonly status: number; readonly soapAnswer?: SoapPhotoAnswer }
  | { readonly kind: 'failed'; readonly status: number | null; readonly error: AppError }
)

/** Where photos come from. One call is one question; who asks decides how many run at once. Never rejects. */
export interface PhotoSource {
  fetchPhoto(question: PhotoQuestion): Promise<PhotoAnswer>
}

/** What the bytes of a picture turn out to be. */
export interface PictureFacts {
  readonly format: PictureFormat
  readonly widthPx: number | null
  readonly heightPx: number | null
  /** Whether the whole picture decodes, not only its header. */
  readonly isDecodable: boolean
  /** Whether EXIF holds a place. */
  readonly hasLocation: boolean
}

/** Looks at the bytes of a picture. Never rejects: what is no picture has the format `unknown`. */
export interface PictureProbe {
  probe(bytes: Uint8Array): Promise<PictureFacts>
}

/** A picture as it is kept. `contentHash` is SHA-256 in lower-case hex. */
export interface StoredPicture {
  readonly contentHash: string
  readonly bytes: Uint8Array
  readonly facts: PictureFacts
}

/** A verdict or a failed attempt to be kept. */
export type PhotoChange = {
  readonly address: SmtpAddress
  readonly sizeCode: SizeCode
  readonly atMs: number
  readonly askedUrl: string
  readonly requestId?: string
} & (
  | {
      readonly kind: 'photo'
      /** Null: it came by another way than HTTP. */
      readonly status?: null
      readonly picture: StoredPicture
      readonly etag: string | null
      readonly contentType: string | null
      readonly freshUntilMs: number | null
    }
  /** A body that is no whole picture, while a good one is held: evidence beside it, which it does not replace. */
  | {
      readonly kind: 'refused'
      readonly picture: StoredPicture
      readonly etag: string | null
      readonly contentType: string | null
      readonly freshUntilMs: number | null
    }
  /** `hadFailed`: the attempt before had failed, or brought no whole picture, which this one makes good. */
  | {
      readonly kind: 'not-modified'
      readonly status: number
      readonly soapAnswer?: SoapPhotoAnswer
      readonly freshUntilMs: number | null
      readonly hadFailed?: boolean
    }
  | { readonly kind: 'absent'; readonly status: number; readonly soapAnswer?: SoapPhotoAnswer }
  | { readonly kind: 'failed'; readonly status: number | null; readonly error: AppError }
)

/** A record, and when it may be asked again at the earliest by the server's own word. */
export interface HeldPhoto {
  readonly record: PhotoRecord
  readonly freshUntilMs: number | null
}

/** Photos in the library. Every method is synchronous; `save` is one transaction. */
export interface PhotoRepository {
  /** What is known of one (mailbox, size code); null when it was never asked. */
  find(address: SmtpAddress, sizeCode: SizeCode): HeldPhoto | null
  /**
   * Reads the records of these photos in one go, because each is about to be asked for: for a moment, and until something
   * else is written, `find` and `hasBytes` answer from that.
   */
  lookAhead(addresses: readonly SmtpAddress[], sizeCodes: readonly SizeCode[]): void
  /** All sizes of a person that were ever asked, smallest first. */
  listForPerson(address: SmtpAddress): HeldPhoto[]
  /** The same of several people; somebody of whom nothing was asked is left out. */
  listForPeople(addresses: readonly SmtpAddress[]): Map<SmtpAddress, HeldPhoto[]>
  /** Every record, those of a person one after the other; for filling the index at the start. */
  iterateAll(): IterableIterator<HeldPhoto>
  /** The bytes of a picture, their hash checked; null when they are gone or damaged. */
  readBytes(contentHash: string): Uint8Array | null
  /** Those of these pictures whose bytes are there and have their hash. */
  listWhole(contentHashes: readonly string[]): string[]
  /** Whether the bytes are there, unread. */
  hasBytes(contentHash: string): boolean
  /** Keeps all of these, or none. A changed or removed photo leaves a line in the history, unless that is off. */
  save(changes: readonly PhotoChange[], options?: { readonly isHistoryKept: boolean }): void
  /** Earlier pictures of a person in all sizes, the last replaced first. */
  listHistory(address: SmtpAddress): PhotoVersion[]
}

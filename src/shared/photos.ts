import { z } from 'zod'
import { appErrorSchema } from './errors.ts'
import { sizeCodeSchema } from './size-codes.ts'
import { smtpAddressSchema } from './smtp-address.ts'

/** What the bytes really are, by their first bytes; `unknown` is not a picture at all. */
export const PICTURE_FORMATS = ['jpeg', 'png', 'gif', 'webp', 'bmp', 'unknown'] as const
export const pictureFormatSchema = z.enum(PICTURE_FORMATS)
export type PictureFormat = z.infer<typeof pictureFormatSchema>

/** A body that came as a photo and is none, or cannot be decoded, while a good picture is held: evidence, never shown. */
export const refusedBodySchema = z.object({
  atMs: z.number().int(),
  contentHash: z.string(),
  bytes: z.number().int(),
  contentType: z.string().nullable(),
  etag: z.string().nullable(),
  format: pictureFormatSchema,
  widthPx: z.number().int().nullable(),
  heightPx: z.number().int().nullable(),
})
export type RefusedBody = z.infer<typeof refusedBodySchema>

/**
 * What a SOAP answer without a picture said, whose HTTP status says nothing about the photo: `HasChanged` false; `HasChanged`
 * true and no `PictureData`; or the code ErrorItemNotFound.
 */
export const soapPhotoAnswerSchema = z.enum(['unchanged', 'no-picture-data', 'item-not-found'])
export type SoapPhotoAnswer = z.infer<typeof soapPhotoAnswerSchema>

/** What is known of one (mailbox, size code): the last verdict, and the evidence for it (F26). Times are ms since 1970. */
export const photoRecordSchema = z.object({
  address: smtpAddressSchema,
  sizeCode: sizeCodeSchema,
  /** The last verdict of the server; `not-asked` when it never gave one. */
  verdict: z.enum(['photo', 'absent', 'not-asked']),
  /** The picture that is held: null when the verdict is not `photo`. */
  contentHash: z.string().nullable(),
  etag: z.string().nullable(),
  /** As the server said it, verbatim. */
  contentType: z.string().nullable(),
  format: pictureFormatSchema.nullable(),
  isDecodable: z.boolean().nullable(),
  widthPx: z.number().int().nullable(),
  heightPx: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  hasLocation: z.boolean().nullable(),
  /** HTTP status of the last answer; null when there was none. */
  status: z.number().int().nullable(),
  /** What the SOAP answer said, where the last answer was one without a picture. */
  soapAnswer: soapPhotoAnswerSchema.nullable(),
  /** The `client-request-id` of the last question, by which the server's logs know it; null: none is known. */
  requestId: z.string().nullable(),
  /** The URL asked, without credentials. */
  askedUrl: z.string().nullable(),
  /** Host that was asked; null when nobody was. */
  server: z.string().nullable(),
  /** Where the last verdict is from: the wire in full, or the library (confirmed by a 304 or a SOAP answer, or by itself); null: no verdict. */
  servedFrom: z.enum(['wire', 'library']).nullable(),
  firstSeenMs: z.number().int().nullable(),
  /** When the picture last became another, came or went. */
  changedMs: z.number().int().nullable(),
  /** When the server last gave a verdict. */
  checkedMs: z.number().int().nullable(),
  /** When the server was last asked, whatever came of it. */
  askedMs: z.number().int().nullable(),
  /** "No photo" where there was one before: it was removed. The picture is in the history, as long as that is kept. */
  isRemoved: z.boolean(),
  /** False once the same ETag came with other bytes: it is not sent any more. */
  isEtagTrusted: z.boolean(),
  /** The server's latest body, when it is no whole picture and was not put in the good one's place. */
  refused: refusedBodySchema.nullable(),
  /** The last attempt, when it failed; null after a verdict. */
  error: appErrorSchema.nullable(),
})
export type PhotoRecord = z.infer<typeof photoRecordSchema>

/** What one question about a photo came to. */
export const PHOTO_OUTCOMES = ['new', 'changed', 'same', 'none', 'not-available', 'failed'] as const
export const photoOutcomeSchema = z.enum(PHOTO_OUTCOMES)
export type PhotoOutcome = z.infer<typeof photoOutcomeSchema>

/** An earlier picture of a person (F46). Its bytes are served at the photo's address with `v`, as long as it is decodable. */
export const photoVersionSchema = z.object({
  sizeCode: sizeCodeSchema,
  contentHash: z.string(),
  fromMs: z.number().int(),
  untilMs: z.number().int(),
  format: pictureFormatSchema,
  isDecodable: z.boolean(),
  widthPx: z.number().int().nullable(),
  heightPx: z.number().int().nullable(),
  bytes: z.number().int(),
})
export type PhotoVersion = z.infer<typeof photoVersionSchema>

/** What a sync was started for: a person's word, a check, or the schedule (F49). */
export const syncKindSchema = z.enum(['sync', 'audit', 'refresh'])
export type SyncKind = z.infer<typeof syncKindSchema>

/** A sync that was broken off before its end, and can go on where it was (F86). */
export const interruptedSyncSchema = z.object({
  id: z.string(),
  kind: syncKindSchema,
  sizeCodes: z.array(sizeCodeSchema),
  startedMs: z.number().int(),
  /** How many it is about, and how many of them were answered since it began. */
  photos: z.number().int(),
  done: z.number().int(),
})
export type InterruptedSync = z.infer<typeof interruptedSyncSchema>

/** Totals of a sync: `asked` = new + changed + same + none + notAvailable + failed (F47). Bytes are response bodies. */
export const syncReportSchema = z.object({
  asked: z.number().int(),
  /** Of `asked`: answered before the run was interrupted, and not asked again. */
  earlier: z.number().int(),
  new: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  none: z.number().int(),
  /** Of `none`: had a photo before. */
  removed: z.number().int(),
  notAvailable: z.number().int(),
  failed: z.number().int(),
  /** HTTP requests sent for photos, sign-in round trips not counted. */
  requests: z.number().int(),
  bytesReceived: z.number().int(),
  /** What 304 answers did not have to send again. */
  bytesSaved: z.number().int(),
  seconds: z.number(),
})
export type SyncReport = z.infer<typeof syncReportSchema>

/** What a sync would cost, about: from a sample of what is held, and from how fast the server has been. */
export const syncEstimateSchema = z.object({
  people: z.number().int(),
  /** HTTP requests for photos; what is fresh costs none. */
  requests: z.number().int(),
  seconds: z.number(),
  bytes: z.number().int(),
})
export type SyncEstimate = z.infer<typeof syncEstimateSchema>

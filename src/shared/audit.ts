import { z } from 'zod'
import { findingCodeSchema, personSchema, photoStateSchema } from './people.ts'
import { smtpAddressSchema } from './smtp-address.ts'

/** Limits of the checks. Pixels are the longer side of the best picture (F54: poor < 240, improvable < 648). */
export const auditPolicySchema = z.strictObject({
  poorBelowPx: z.number().int().min(1).max(648).default(240),
  improvableBelowPx: z.number().int().min(1).max(10_000).default(648),
  /** How far from square is still square, in per cent of the longer side (F57). */
  notSquareOverPercent: z.number().min(0).max(100).default(2),
  tooLargeOverBytes: z.number().int().min(1).default(1_000_000),
  /** The longest side a directory thumbnail is expected to have. */
  thumbnailUpToPx: z.number().int().min(1).default(96),
})
export type AuditPolicy = z.infer<typeof auditPolicySchema>
export const DEFAULT_AUDIT_POLICY: AuditPolicy = auditPolicySchema.parse({})

/** A finding that somebody has accepted: it is not counted any more, until it is taken back or its time is over (F66). */
export const acceptedFindingSchema = z.strictObject({
  address: smtpAddressSchema,
  finding: findingCodeSchema,
  reason: z.string().trim().max(500),
  /** The account under which it was accepted. */
  by: z.string(),
  acceptedMs: z.number().int(),
  /** Open again after this (ms since 1970); null: never. */
  untilMs: z.number().int().nullable(),
})
export type AcceptedFinding = z.infer<typeof acceptedFindingSchema>

/** One audited person: exactly one state, any number of findings, and the numbers behind them. */
export const auditRowSchema = z.object({
  person: personSchema,
  state: photoStateSchema,
  /** What is open. */
  findings: z.array(findingCodeSchema),
  /** What was found, and is accepted. */
  accepted: z.array(findingCodeSchema),
  /** A sentence for people when there is no picture to judge although there may be one; empty otherwise. */
  reason: z.string(),
  widthPx: z.number().int().nullable(),
  heightPx: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  format: z.string().nullable(),
  contentType: z.string().nullable(),
  checkedMs: z.number().int().nullable(),
  changedMs: z.number().int().nullable(),
  /** The `client-request-id` of the question that the state is from, for the server's logs; null: none is known. */
  requestId: z.string().nullable(),
})
export type AuditRow = z.infer<typeof auditRowSchema>

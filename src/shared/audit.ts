import { z } from 'zod'
import { findingCodeSchema, personSchema, photoStateSchema } from './people.ts'

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

/** One audited person: exactly one state, any number of findings, and the numbers behind them. */
export const auditRowSchema = z.object({
  person: personSchema,
  state: photoStateSchema,
  findings: z.array(findingCodeSchema),
  /** A sentence for people when the state is `could-not-ask` or `not-available-here`; empty otherwise. */
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

import { z } from 'zod'
import { acceptedFindingSchema } from '../audit.ts'
import { jobIdSchema } from '../jobs.ts'
import { findingCodeSchema, photoStateSchema, scopeSchema } from '../people.ts'
import { syncEstimateSchema } from '../photos.ts'
import { smtpAddressSchema } from '../smtp-address.ts'
import { procedure } from './base.ts'

/** How many people it was, and what `undo` knows the step by; null: nothing was changed. */
const acceptanceStepSchema = z.object({ people: z.number().int(), step: z.number().int().nullable() })

export const auditContract = {
  /** What `start` would cost, about. Asks nobody. */
  estimate: procedure.input(z.object({ scope: scopeSchema })).output(syncEstimateSchema),
  /** Starts a job that asks for what the checks need (the largest picture and the directory's) of everybody in scope. */
  start: procedure.input(z.object({ scope: scopeSchema })).output(jobIdSchema),
  /** What was found at one person, as the library knows it: what is open, and what is accepted. Asks nobody. */
  read: procedure.input(z.object({ address: smtpAddressSchema })).output(
    z.object({
      state: photoStateSchema,
      open: z.array(findingCodeSchema),
      accepted: z.array(acceptedFindingSchema),
    }),
  ),
  /** At how many people in scope each finding is open and accepted, as the library knows it; only those that are either. */
  countFindings: procedure.input(z.object({ scope: scopeSchema })).output(
    z.array(
      z.object({
        finding: findingCodeSchema,
        open: z.number().int(),
        accepted: z.number().int(),
      }),
    ),
  ),
  /** Everything that is accepted, also what is not found any more, in the order in which it was accepted (F66). */
  listAccepted: procedure.output(z.array(acceptedFindingSchema)),
  /**
   * Accepts a finding at the people in scope at whom it is open; it is not counted until it is taken back or its time is over.
   * A rebuild of the library does not lose it. Fails with `not-writable`.
   */
  accept: procedure
    .input(
      z.object({
        scope: scopeSchema,
        finding: findingCodeSchema,
        reason: acceptedFindingSchema.shape.reason,
        untilMs: acceptedFindingSchema.shape.untilMs,
      }),
    )
    .output(acceptanceStepSchema),
  /** Takes accepted findings back: they are open again. Fails with `not-writable`. */
  takeBack: procedure.input(z.object({ scope: scopeSchema, finding: findingCodeSchema })).output(acceptanceStepSchema),
  /**
   * Undoes one of the last fifty steps of `accept` and `takeBack`, once: what was taken back is accepted as it was, where it is still
   * found. Nobody where the step is not known any more. Fails with `not-writable`.
   */
  undo: procedure.input(z.object({ step: z.number().int() })).output(z.object({ people: z.number().int() })),
  /** Writes the audit of the scope, as the library knows it, as a CSV file into a chosen target (F67). */
  saveCsv: procedure
    .input(z.object({ scope: scopeSchema, targetToken: z.string() }))
    .output(z.object({ file: z.string(), rows: z.number().int() })),
}

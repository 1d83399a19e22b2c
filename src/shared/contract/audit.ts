import { z } from 'zod'
import { acceptedFindingSchema } from '../audit.ts'
import { jobIdSchema } from '../jobs.ts'
import { findingCodeSchema, photoStateSchema, scopeSchema } from '../people.ts'
import { syncEstimateSchema } from '../photos.ts'
import { smtpAddressSchema } from '../smtp-address.ts'
import { procedure } from './base.ts'

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
    .output(z.object({ people: z.number().int() })),
  /** Takes accepted findings back: they are open again. Fails with `not-writable`. */
  takeBack: procedure
    .input(z.object({ scope: scopeSchema, finding: findingCodeSchema }))
    .output(z.object({ people: z.number().int() })),
  /** Writes the audit of the scope, as the library knows it, as a CSV file into a chosen target (F67). */
  saveCsv: procedure
    .input(z.object({ scope: scopeSchema, targetToken: z.string() }))
    .output(z.object({ file: z.string(), rows: z.number().int() })),
}

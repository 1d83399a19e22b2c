import { z } from 'zod'
import { jobIdSchema } from '../jobs.ts'
import { scopeSchema } from '../people.ts'
import { syncEstimateSchema } from '../photos.ts'
import { procedure } from './base.ts'

export const auditContract = {
  /** What `start` would cost, about. Asks nobody. */
  estimate: procedure.input(z.object({ scope: scopeSchema })).output(syncEstimateSchema),
  /** Starts a job that asks for what the checks need (the largest picture and the directory's) of everybody in scope. */
  start: procedure.input(z.object({ scope: scopeSchema })).output(jobIdSchema),
  /** Writes the audit of the scope, as the library knows it, as a CSV file into a chosen target (F67). */
  saveCsv: procedure
    .input(z.object({ scope: scopeSchema, targetToken: z.string() }))
    .output(z.object({ file: z.string(), rows: z.number().int() })),
}

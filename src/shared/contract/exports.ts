import { z } from 'zod'
import { exportSizeSchema } from '../export-size.ts'
import { jobIdSchema } from '../jobs.ts'
import { scopeSchema } from '../people.ts'
import { procedure } from './base.ts'

/** A folder that a person chose. Only the token is accepted back; `label` is for reading. */
export const exportTargetSchema = z.object({ token: z.string(), label: z.string() })
export type ExportTarget = z.infer<typeof exportTargetSchema>

/** What an export would do, before anything is written. */
export const exportPlanSchema = z.object({
  people: z.number().int(),
  /** Of these, known to have no photo. */
  withoutPhoto: z.number().int(),
  /** The first five names. */
  sampleNames: z.array(z.string()),
})
export type ExportPlan = z.infer<typeof exportPlanSchema>

export const exportsContract = {
  /** Opens the folder dialog, or names the fixed folder where there is no dialog. Null when the person closed it. */
  chooseTarget: procedure.output(exportTargetSchema.nullable()),
  plan: procedure.input(z.object({ scope: scopeSchema, size: exportSizeSchema })).output(exportPlanSchema),
  start: procedure
    .input(z.object({ scope: scopeSchema, size: exportSizeSchema, targetToken: z.string() }))
    .output(jobIdSchema),
  /** Shows the folder of a finished export in the file manager; false where there is none. */
  reveal: procedure.input(z.object({ jobId: jobIdSchema })).output(z.boolean()),
}

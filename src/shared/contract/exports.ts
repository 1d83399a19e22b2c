import { z } from 'zod'
import { jobIdSchema } from '../jobs.ts'
import { scopeSchema } from '../people.ts'
import { sizeCodeSchema } from '../size-codes.ts'
import { procedure } from './base.ts'

/** Either the bytes as the server sends them for a size code, or a width in px, scaled down from the best there is. */
export const exportSizeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('size-code'), sizeCode: sizeCodeSchema }),
  z.object({ kind: z.literal('width'), widthPx: z.number().int().min(16).max(4096) }),
])
export type ExportSize = z.infer<typeof exportSizeSchema>

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

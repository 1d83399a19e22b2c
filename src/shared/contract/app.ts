import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { engineEventSchema } from '../events.ts'
import { procedure } from './base.ts'

/** What the page needs to know of its surroundings. */
export const appInfoSchema = z.object({
  version: z.string(),
  host: z.enum(['desktop', 'browser', 'test']),
  /** Whether a folder can be chosen in a dialog; otherwise exports go to one fixed folder. */
  canChooseFolder: z.boolean(),
  /** Where photos are served: `photo://library/photo` or `/photo`. */
  photoBase: z.string(),
  /** Whether the operating system keeps passwords; if not they last for this run. */
  hasSecretStore: z.boolean(),
})
export type AppInfo = z.infer<typeof appInfoSchema>

export const appContract = {
  read: procedure.output(appInfoSchema),
  /** Everything that changes, from now on, until the call is aborted. */
  watch: procedure.output(eventIterator(engineEventSchema)),
}

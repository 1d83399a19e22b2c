import { settingsPatchSchema, settingsSchema } from '../settings.ts'
import { procedure } from './base.ts'

export const settingsContract = {
  read: procedure.output(settingsSchema),
  /** Changes some settings, keeps them, and answers all of them. */
  update: procedure.input(settingsPatchSchema).output(settingsSchema),
}

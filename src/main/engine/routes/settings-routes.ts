import { os } from './base.ts'

export const settingsRoutes = os.settings.router({
  read: os.settings.read.handler(({ context }) => context.services().parts.settings.read()),
  update: os.settings.update.handler(({ context, input }) => context.services().updateSettings(input)),
})

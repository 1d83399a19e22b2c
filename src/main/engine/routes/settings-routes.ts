import { AppFailure } from '../app-failure.ts'
import { os } from './base.ts'

export const settingsRoutes = os.settings.router({
  read: os.settings.read.handler(({ context }) => context.services().parts.settings.read()),
  update: os.settings.update.handler(({ context, input }) => {
    const services = context.services()
    // Refused rather than ignored: somebody would rely on it.
    if (input.library?.isEncrypted === true && !services.parts.keys.isAvailable) {
      throw new AppFailure({ code: 'not-supported', feature: 'Encryption without the system’s password store' })
    }
    return services.updateSettings(input)
  }),
})

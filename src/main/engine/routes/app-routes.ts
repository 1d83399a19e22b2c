import { os } from './base.ts'

export const appRoutes = os.app.router({
  read: os.app.read.handler(({ context }) => {
    const { parts, hasSecretStore } = context.services()
    return { ...parts.options.appInfo, hasSecretStore }
  }),
  watch: os.app.watch.handler(({ context, signal }) => context.services().parts.hub.watch(signal)),
})

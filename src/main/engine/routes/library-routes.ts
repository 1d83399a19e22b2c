import { unwrap } from '../app-failure.ts'
import { indexed, os } from './base.ts'

export const libraryRoutes = os.library.router({
  read: os.library.read.handler(({ context }) => unwrap(context.services().session()).care.read()),
  readRefresh: os.library.readRefresh.handler(({ context }) => {
    const services = context.services()
    return services.refresh.read(unwrap(services.session()))
  }),
  check: os.library.check.handler(({ context }) => ({
    problems: unwrap(context.services().session()).care.check(),
  })),
  purge: indexed.library.purge.handler(({ context, input }) => {
    const { care, resolveScope } = unwrap(context.services().session())
    const { scope } = input
    // The index knows people only; photos of mailboxes that no directory names go, too.
    const addresses = scope.of.kind === 'all' ? care.listMailboxes(scope.except) : resolveScope(scope)
    return care.purge(addresses, {
      photos: input.what !== 'history',
      history: input.what !== 'photos',
      sizeCodes: input.sizeCodes,
    })
  }),
  forgetPeople: indexed.library.forgetPeople.handler(({ context, input }) =>
    unwrap(context.services().session()).care.forget(input.addresses),
  ),
  rebuild: os.library.rebuild.handler(async ({ context }) => unwrap(await context.services().manager.rebuildLibrary())),
  removeSetAside: os.library.removeSetAside.handler(({ context }) => ({
    files: unwrap(context.services().session()).care.removeSetAside(),
  })),
})

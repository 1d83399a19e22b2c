import { unwrap } from '../app-failure.ts'
import { os } from './base.ts'

/** A call that is aborted by its caller has a signal; a direct one need not. */
const NEVER = new AbortController().signal

export const connectionsRoutes = os.connections.router({
  readLdap: os.connections.readLdap.handler(({ context }) => {
    const { ldap, session } = context.services()
    return ldap.read(unwrap(session()).account.address)
  }),
  setLdap: os.connections.setLdap.handler(async ({ context, input }) => {
    const { ldap, session } = context.services()
    return unwrap(await ldap.set(unwrap(session()).account.address, input))
  }),
  forgetLdap: os.connections.forgetLdap.handler(async ({ context }) => {
    const { ldap, session } = context.services()
    return unwrap(await ldap.forget(unwrap(session()).account.address))
  }),
  read: os.connections.read.handler(({ context }) => context.services().manager.status()),
  list: os.connections.list.handler(({ context }) => context.services().manager.list()),
  start: os.connections.start.handler(({ context, input, signal }) =>
    context.services().manager.connect(input, signal ?? NEVER),
  ),
  use: os.connections.use.handler(async ({ context, input }) =>
    unwrap(await context.services().manager.use(input.address)),
  ),
  useDemo: os.connections.useDemo.handler(async ({ context }) => unwrap(await context.services().manager.useDemo())),
  test: os.connections.test.handler(async ({ context, signal }) =>
    unwrap(await context.services().manager.test(signal ?? NEVER)),
  ),
  inspectAuthorities: os.connections.inspectAuthorities.handler(({ context, input }) =>
    unwrap(context.services().certificates.inspectAuthorities(input.files)),
  ),
  inspectClientCertificate: os.connections.inspectClientCertificate.handler(({ context, input }) =>
    unwrap(context.services().certificates.inspectClientCertificate(input)),
  ),
  readCertificates: os.connections.readCertificates.handler(async ({ context, input }) =>
    unwrap(await context.services().certificates.read(input.address)),
  ),
  changeCertificates: os.connections.changeCertificates.handler(async ({ context, input: { address, ...given } }) =>
    unwrap(await context.services().certificates.change(address, given)),
  ),
  retry: os.connections.retry.handler(({ context }) => context.services().manager.retry()),
  forget: os.connections.forget.handler(({ context, input }) => context.services().manager.forget(input.address)),
})

import { unwrap } from '../app-failure.ts'
import { os } from './base.ts'

export const auditRoutes = os.audit.router({
  estimate: os.audit.estimate.handler(({ context, input }) => unwrap(context.services().audit.estimate(input))),
  start: os.audit.start.handler(({ context, input }) => unwrap(context.services().audit.start(input))),
  read: os.audit.read.handler(({ context, input }) => unwrap(context.services().acceptance.read(input.address))),
  listAccepted: os.audit.listAccepted.handler(({ context }) => unwrap(context.services().session()).accepted.list()),
  accept: os.audit.accept.handler(({ context, input }) => unwrap(context.services().acceptance.accept(input))),
  takeBack: os.audit.takeBack.handler(({ context, input }) => unwrap(context.services().acceptance.takeBack(input))),
  countFindings: os.audit.countFindings.handler(({ context, input }) =>
    unwrap(context.services().acceptance.count(input.scope)),
  ),
  undo: os.audit.undo.handler(({ context, input }) => unwrap(context.services().acceptance.undo(input.step))),
  saveCsv: os.audit.saveCsv.handler(async ({ context, input }) =>
    unwrap(await context.services().audit.saveCsv(input)),
  ),
})

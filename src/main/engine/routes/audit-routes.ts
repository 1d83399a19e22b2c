import { unwrap } from '../app-failure.ts'
import { indexed, os } from './base.ts'

export const auditRoutes = os.audit.router({
  estimate: indexed.audit.estimate.handler(({ context, input }) => unwrap(context.services().audit.estimate(input))),
  start: indexed.audit.start.handler(({ context, input }) => unwrap(context.services().audit.start(input))),
  read: indexed.audit.read.handler(({ context, input }) => unwrap(context.services().acceptance.read(input.address))),
  listAccepted: os.audit.listAccepted.handler(({ context }) => unwrap(context.services().session()).accepted.list()),
  accept: indexed.audit.accept.handler(({ context, input }) => unwrap(context.services().acceptance.accept(input))),
  takeBack: indexed.audit.takeBack.handler(({ context, input }) =>
    unwrap(context.services().acceptance.takeBack(input)),
  ),
  countFindings: indexed.audit.countFindings.handler(({ context, input }) =>
    unwrap(context.services().acceptance.count(input.scope)),
  ),
  undo: indexed.audit.undo.handler(({ context, input }) => unwrap(context.services().acceptance.undo(input.step))),
  saveCsv: indexed.audit.saveCsv.handler(async ({ context, input }) =>
    unwrap(await context.services().audit.saveCsv(input)),
  ),
})

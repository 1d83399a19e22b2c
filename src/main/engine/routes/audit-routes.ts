import { unwrap } from '../app-failure.ts'
import { os } from './base.ts'

export const auditRoutes = os.audit.router({
  estimate: os.audit.estimate.handler(({ context, input }) => unwrap(context.services().audit.estimate(input))),
  start: os.audit.start.handler(({ context, input }) => unwrap(context.services().audit.start(input))),
  saveCsv: os.audit.saveCsv.handler(async ({ context, input }) =>
    unwrap(await context.services().audit.saveCsv(input)),
  ),
})

import { unwrap } from '../app-failure.ts'
import { os } from './base.ts'

export const exportsRoutes = os.exports.router({
  chooseTarget: os.exports.chooseTarget.handler(({ context }) => context.services().exports.chooseTarget()),
  plan: os.exports.plan.handler(({ context, input }) => unwrap(context.services().exports.plan(input))),
  start: os.exports.start.handler(({ context, input }) => unwrap(context.services().exports.start(input))),
  reveal: os.exports.reveal.handler(async ({ context, input }) =>
    unwrap(await context.services().exports.reveal(input)),
  ),
})

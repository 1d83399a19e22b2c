import { unwrap } from '../app-failure.ts'
import { indexed, os } from './base.ts'

export const exportsRoutes = os.exports.router({
  chooseTarget: os.exports.chooseTarget.handler(({ context }) => context.services().exports.chooseTarget()),
  plan: indexed.exports.plan.handler(({ context, input }) => unwrap(context.services().exports.plan(input))),
  start: indexed.exports.start.handler(({ context, input }) => unwrap(context.services().exports.start(input))),
  reveal: os.exports.reveal.handler(async ({ context, input }) =>
    unwrap(await context.services().exports.reveal(input)),
  ),
})

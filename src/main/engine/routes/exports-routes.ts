import { unwrap } from '../app-failure.ts'
import { indexed } from './base.ts'

export const exportsRoutes = indexed.exports.router({
  chooseTarget: indexed.exports.chooseTarget.handler(({ context }) => context.services().exports.chooseTarget()),
  plan: indexed.exports.plan.handler(({ context, input }) => unwrap(context.services().exports.plan(input))),
  start: indexed.exports.start.handler(({ context, input }) => unwrap(context.services().exports.start(input))),
  reveal: indexed.exports.reveal.handler(async ({ context, input }) =>
    unwrap(await context.services().exports.reveal(input)),
  ),
})

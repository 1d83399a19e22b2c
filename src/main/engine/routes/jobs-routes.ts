import type { Job } from '../../../shared/jobs.ts'
import { AppFailure } from '../app-failure.ts'
import { os } from './base.ts'

export const jobsRoutes = os.jobs.router({
  list: os.jobs.list.handler(({ context }) => context.services().parts.jobs.list()),
  read: os.jobs.read.handler(({ context, input }) => known(context.services().parts.jobs.find(input.id))),
  pause: os.jobs.pause.handler(({ context, input }) => known(context.services().parts.jobs.pause(input.id))),
  resume: os.jobs.resume.handler(({ context, input }) => known(context.services().parts.jobs.resume(input.id))),
  cancel: os.jobs.cancel.handler(({ context, input }) => known(context.services().parts.jobs.cancel(input.id))),
})

function known(job: Job | null): Job {
  if (job === null) throw new AppFailure({ code: 'unknown-reference', what: 'The job' })
  return job
}

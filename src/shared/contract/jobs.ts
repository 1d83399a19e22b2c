import { z } from 'zod'
import { jobIdSchema, jobSchema } from '../jobs.ts'
import { procedure } from './base.ts'

export const jobsContract = {
  /** Running jobs and the last twenty that ended, newest first. */
  list: procedure.output(z.array(jobSchema)),
  read: procedure.input(z.object({ id: jobIdSchema })).output(jobSchema),
  /** Stops asking; what is on its way is finished and kept. A job that has ended stays as it is. */
  pause: procedure.input(z.object({ id: jobIdSchema })).output(jobSchema),
  /** Goes on with a paused job. */
  resume: procedure.input(z.object({ id: jobIdSchema })).output(jobSchema),
  cancel: procedure.input(z.object({ id: jobIdSchema })).output(jobSchema),
}

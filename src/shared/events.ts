import { z } from 'zod'
import { connectionStatusSchema, signInPromptSchema } from './connections.ts'
import { jobSchema } from './jobs.ts'
import { personRowSchema } from './people.ts'
import { settingsSchema } from './settings.ts'

/** What the engine tells the page unasked. Batched: at once first, then at most every 300 ms. */
export const engineEventSchema = z.discriminatedUnion('type', [
  /** The set of known people, or what is known of them, changed: queries are to be asked again. */
  z.object({ type: z.literal('people-changed'), revision: z.number().int() }),
  /** These people's photos changed. The rows are complete. At most 500 an event. */
  z.object({ type: z.literal('photos-changed'), revision: z.number().int(), rows: z.array(personRowSchema) }),
  z.object({ type: z.literal('job-changed'), job: jobSchema }),
  z.object({ type: z.literal('connection-changed'), status: connectionStatusSchema }),
  /** Somebody has to sign in at an OAuth provider; null: that is over. */
  z.object({ type: z.literal('sign-in-asked'), prompt: signInPromptSchema.nullable() }),
  /** The scheduled refresh began or ended. */
  z.object({ type: z.literal('refresh-changed') }),
  z.object({ type: z.literal('settings-changed'), settings: settingsSchema }),
  /** Saved scopes came, went or were renamed: another window may have done it. */
  z.object({ type: z.literal('scopes-changed') }),
])
export type EngineEvent = z.infer<typeof engineEventSchema>

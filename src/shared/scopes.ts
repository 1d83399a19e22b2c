import { z } from 'zod'
import { peopleFilterSchema } from './people.ts'
import { smtpAddressSchema } from './smtp-address.ts'

/** Addresses that a scope holds at most. */
const MAX_ADDRESSES = 200_000

/** Whom a saved scope means: those on a list, wherever it came from; or whoever a search finds at the time (F15, F16, F19). */
export const scopeDefinitionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('addresses'),
    source: z.enum(['list', 'distribution-list', 'selection']),
    addresses: z.array(smtpAddressSchema).max(MAX_ADDRESSES),
  }),
  z.object({ kind: z.literal('search'), text: z.string().max(400), filter: peopleFilterSchema }),
])
export type ScopeDefinition = z.infer<typeof scopeDefinitionSchema>

/** The name that a person gives a scope. */
export const scopeNameSchema = z.string().trim().min(1).max(100)

/** A saved scope as lists show it. `count`: the addresses on a list; null for a search, which is asked anew each time. */
export const savedScopeSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['list', 'distribution-list', 'selection', 'search']),
  count: z.number().int().nullable(),
  /** What is looked for; null for a list. */
  search: z.object({ text: z.string(), filter: peopleFilterSchema }).nullable(),
})
export type SavedScope = z.infer<typeof savedScopeSchema>

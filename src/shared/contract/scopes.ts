import { z } from 'zod'
import { savedScopeSchema, scopeDefinitionSchema, scopeNameSchema } from '../scopes.ts'
import { procedure } from './base.ts'

export const scopesContract = {
  /** The saved scopes of the account, by name. */
  list: procedure.output(z.array(savedScopeSchema)),
  /** Keeps a scope. Names need not differ. */
  save: procedure
    .input(z.object({ name: scopeNameSchema, definition: scopeDefinitionSchema }))
    .output(savedScopeSchema),
  /** Gives a scope another name. Fails with `unknown-reference`. */
  rename: procedure.input(z.object({ id: z.string(), name: scopeNameSchema })).output(savedScopeSchema),
  /** Forgets a scope, and answers what it was, so that it can be saved again. Fails with `unknown-reference`. */
  remove: procedure
    .input(z.object({ id: z.string() }))
    .output(z.object({ name: z.string(), definition: scopeDefinitionSchema })),
}

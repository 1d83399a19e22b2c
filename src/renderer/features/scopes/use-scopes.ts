import { useQuery } from '@tanstack/react-query'
import type { SavedScope, ScopeDefinition } from '../../../shared/scopes.ts'
import { useEngine } from '../../api/engine-context.tsx'

/** The saved scopes of the account, and what can be done to them. The calls reject when the engine refuses. */
export interface Scopes {
  readonly list: readonly SavedScope[]
  save(name: string, definition: ScopeDefinition): Promise<SavedScope>
  rename(id: string, name: string): Promise<SavedScope>
  /** Forgets a scope; the answer is what it takes to have it back. */
  remove(id: string): Promise<{ name: string; definition: ScopeDefinition }>
}

/** Reads the saved scopes; `accountAddress` because another account has others. */
export function useScopes(accountAddress: string | null): Scopes {
  const { client, queries, queryClient } = useEngine()
  const isOpen = accountAddress !== null
  const options = queries.scopes.list.queryOptions({ enabled: isOpen })
  const list = useQuery({ ...options, queryKey: [...options.queryKey, accountAddress] }).data ?? []
  /** What was asked, and then the list anew. */
  async function changing<Answer>(call: Promise<Answer>): Promise<Answer> {
    const answer = await call
    await queryClient.invalidateQueries({ queryKey: queries.scopes.list.key() })
    return answer
  }
  return {
    list,
    save: (name, definition) => changing(client.scopes.save({ name, definition })),
    rename: (id, name) => changing(client.scopes.rename({ id, name })),
    remove: (id) => changing(client.scopes.remove({ id })),
  }
}

import type { Scope } from '../../../shared/people.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { InProcessEngine } from '../../engine/session-types.ts'
import type { CommandContext } from './command-context.ts'
import { expandList, readList } from './find-people.ts'
import { EVERYBODY, type ScopeOptions, textQuery } from './scope-options.ts'

/** Whom the options mean of those who are known here: neither the directory is read, nor is anybody searched on the server. */
export async function scopeInLibrary(
  context: CommandContext,
  open: { readonly engine: InProcessEngine },
  options: ScopeOptions,
): Promise<Result<Scope>> {
  const { emails, list, query } = options
  if (emails !== undefined) return readList(context, open, emails)
  if (list !== undefined) return expandList(context, open, list)
  return ok(query === undefined ? EVERYBODY : { of: { kind: 'query', query: textQuery(query) }, except: [] })
}

import { ORPCError } from '@orpc/client'
import { ValidationError } from '@orpc/contract'
import type { AppError } from '../../shared/errors.ts'
import { appErrorSchema } from '../../shared/errors.ts'

/**
 * Reads what a failed call threw. What the engine did not say itself is the link's fault: the host went away, or the call was
 * given up by the page.
 */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof ORPCError) {
    const said = appErrorSchema.safeParse(thrown.data)
    if (said.success) return said.data
    return { code: 'unexpected-answer', endpoint: 'Rollcall', status: thrown.status, detail: thrown.message }
  }
  if (isNotInContract(thrown)) {
    return {
      code: 'unexpected-answer',
      endpoint: 'Rollcall',
      status: null,
      detail: 'the answer is not in the contract',
    }
  }
  if (thrown instanceof DOMException && thrown.name === 'AbortError') return { code: 'cancelled' }
  return { code: 'unreachable', endpoint: 'The Rollcall engine', reason: 'the link to it was lost' }
}

/** What the link's own check of an answer throws. */
function isNotInContract(thrown: unknown): boolean {
  return thrown instanceof ValidationError || (thrown instanceof Error && thrown.cause instanceof ValidationError)
}

import { ORPCError } from '@orpc/client'
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
  if (thrown instanceof DOMException && thrown.name === 'AbortError') return { code: 'cancelled' }
  return { code: 'unreachable', endpoint: 'The Rollcall engine', reason: 'the link to it was lost' }
}

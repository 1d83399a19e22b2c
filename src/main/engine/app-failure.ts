import { ORPCError, ValidationError } from '@orpc/server'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import { describeThrown } from '../core/jobs/describe-thrown.ts'
import type { Log } from '../core/ports.ts'

/** An expected failure on its way out of a call. Thrown by the contract's handlers only, at the border. */
export class AppFailure extends Error {
  readonly error: AppError

  constructor(error: AppError) {
    super(error.code)
    this.name = 'AppFailure'
    this.error = error
  }
}

/** The value of a result, or its failure thrown for the border to name. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new AppFailure(result.error)
  return result.value
}

/**
 * An interceptor for every call: expected failures and refused input cross as `APP` with their data; whatever else is thrown is
 * a bug, which is logged, and of which only the incident's id crosses.
 */
export function nameFailures(log: Log) {
  return async <T>({ next, path }: { next(): Promise<T>; path: readonly string[] }): Promise<T> => {
    try {
      return await next()
    } catch (cause) {
      throw new ORPCError('APP', { data: toAppError(cause, path.join('.'), log) })
    }
  }
}

function toAppError(cause: unknown, where: string, log: Log): AppError {
  if (cause instanceof AppFailure) return cause.error
  if (cause instanceof ORPCError && cause.code === 'BAD_REQUEST' && cause.cause instanceof ValidationError) {
    const issue = cause.cause.issues[0]
    const field = (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
    return { code: 'invalid-input', field: field || where, reason: issue?.message ?? 'not acceptable' }
  }
  return describeThrown(log, where, cause)
}

import { describeError, type ErrorWords } from '../../shared/describe-error.ts'
import type { AppError } from '../../shared/errors.ts'

/** Says what went wrong, and the next step, in the language of the page. */
export function useErrorWords(): (error: AppError) => ErrorWords {
  return describeError
}

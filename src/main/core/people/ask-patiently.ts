import type { AppError } from '../../../shared/errors.ts'
import type { DirectoryAnswer } from './ports.ts'

/** Times one question is asked before it is given up. */
const MAX_TRIES = 5

/**
 * Asks until there is an answer. The gate does the waiting: a question that failed is simply asked again.
 * @returns the last failure when there was none
 */
export async function askPatiently(
  ask: () => Promise<DirectoryAnswer>,
  signal: AbortSignal,
  tries = MAX_TRIES,
): Promise<DirectoryAnswer> {
  for (let left = tries - 1; ; left--) {
    if (signal.aborted) return { kind: 'failed', error: { code: 'cancelled' } }
    const answer = await ask()
    if (answer.kind === 'people' || left <= 0 || !isWorthAnotherTry(answer.error)) return answer
  }
}

/** Whether the same question may be answered next time: the server is busy, away, or had a fault of its own. */
function isWorthAnotherTry(error: AppError): boolean {
  if (error.code === 'unexpected-answer') return error.status !== null && error.status >= 500
  return error.code === 'throttled' || error.code === 'unreachable'
}

const FINAL_FOR_ALL = new Set<AppError['code']>([
  'unauthorized',
  'cancelled',
  'not-connected',
  'forbidden',
  'certificate-untrusted',
  'client-certificate-refused',
])

/** Whether every further question would fail the same way, or do harm. */
export function isFinalForAll(error: AppError): boolean {
  return FINAL_FOR_ALL.has(error.code)
}

import type { AppError } from '../../../shared/errors.ts'

/**
 * Stands between one set of credentials and every server: sign-ins happen one after the other, and after the first one
 * that was refused none happens any more. So a wrong password is one failed logon, not one for each host and socket.
 */
export interface SignInGuard {
  /** Why nothing may be tried any more; null while nothing was refused. */
  readonly refusal: AppError | null
  refuse(error: AppError): void
  /** Runs when no other sign-in is on its way. */
  alone<T>(signIn: () => Promise<T>): Promise<T>
}

/** One for each set of credentials. */
export function createSignInGuard(): SignInGuard {
  let refusal: AppError | null = null
  let last: Promise<unknown> = Promise.resolve()
  return {
    get refusal() {
      return refusal
    },
    refuse(error) {
      refusal ??= error
    },
    alone(signIn) {
      const mine = last.then(signIn)
      last = mine.catch(() => undefined)
      return mine
    },
  }
}

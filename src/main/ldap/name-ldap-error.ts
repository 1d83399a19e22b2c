import { ResultCodeError } from 'ldapts'
import type { AppError } from '../../shared/errors.ts'
import type { PipeFault } from './create-message-pipe.ts'

/** Result codes that are told apart. @see RFC 4511, 4.1.9 and appendix A */
const CODES = {
  operationsError: 1,
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  authMethodNotSupported: 7,
  strongerAuthRequired: 8,
  adminLimitExceeded: 11,
  confidentialityRequired: 13,
  noSuchObject: 32,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  busy: 51,
  unavailable: 52,
  unwillingToPerform: 53,
} as const

/** What a server that is busy is given to recover (ms); LDAP has no word for it. */
const BUSY_MS = 10_000

/** What Active Directory adds to a refused sign-in: `data 775`. */
const LOCKED = /\bdata 775\b/

/** Codes by which servers say that somebody has to sign in first. */
const WANTS_SIGN_IN: readonly number[] = [
  CODES.operationsError,
  CODES.strongerAuthRequired,
  CODES.confidentialityRequired,
  CODES.noSuchObject,
  CODES.inappropriateAuthentication,
  CODES.insufficientAccessRights,
  CODES.unwillingToPerform,
]

/**
 * Whether an anonymous question was turned down as one that needs a sign-in. Active Directory says operationsError, others
 * hide what is there.
 */
export function wantsSignIn(thrown: unknown): boolean {
  return thrown instanceof ResultCodeError && WANTS_SIGN_IN.includes(thrown.code)
}

/** Names what the LDAP library threw. What the server wrote is never told. */
export function nameLdapError(
  thrown: unknown,
  endpoint: string,
  fault: PipeFault | null,
  signal: AbortSignal,
): AppError {
  if (signal.aborted) return { code: 'cancelled' }
  const unexpected = (detail: string): AppError => ({ code: 'unexpected-answer', endpoint, status: null, detail })
  if (fault !== null) return unexpected(FAULTS[fault])
  if (!(thrown instanceof ResultCodeError)) return { code: 'unreachable', endpoint, reason: 'ECONNRESET' }
  switch (thrown.code) {
    case CODES.invalidCredentials: {
      const hint = LOCKED.test(thrown.message) ? 'account-locked' : 'wrong-password'
      return { code: 'unauthorized', endpoint, hint }
    }
    case CODES.authMethodNotSupported:
    case CODES.strongerAuthRequired:
    case CODES.inappropriateAuthentication:
    case CODES.unwillingToPerform:
      return { code: 'unauthorized', endpoint, hint: 'scheme-not-offered' }
    case CODES.operationsError:
    case CODES.insufficientAccessRights:
      return { code: 'unauthorized', endpoint, hint: 'no-credentials' }
    case CODES.busy:
    case CODES.unavailable:
      return { code: 'throttled', endpoint, retryAfterMs: BUSY_MS }
    case CODES.noSuchObject:
      return unexpected('it has nothing at this base')
    case CODES.sizeLimitExceeded:
    case CODES.timeLimitExceeded:
    case CODES.adminLimitExceeded:
      return unexpected('it gives no answer of this size')
    default:
      return unexpected(`LDAP result ${thrown.code}`)
  }
}

const FAULTS: Record<PipeFault, string> = {
  'too-long': 'the answer is longer than allowed',
  broken: 'it does not speak LDAP as it should',
}

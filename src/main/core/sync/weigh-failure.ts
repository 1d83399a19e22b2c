import type { AppError } from '../../../shared/errors.ts'

/**
 * Whose failure an answer is.
 * `person`: the server is well, this question is not. `busy`: it asks for a pause. `server`: it does not work;
 * `isLost`: it was there, and the connection ended. `stop`: every further question would do harm (a wrong password asked often enough locks the account).
 */
export type FailureWeight =
  | { readonly kind: 'person' }
  | { readonly kind: 'busy'; readonly retryAfterMs: number }
  | { readonly kind: 'server'; readonly isLost: boolean }
  | { readonly kind: 'stop' }

const AWAY: FailureWeight = { kind: 'server', isLost: false }
const LOST: FailureWeight = { kind: 'server', isLost: true }

/** A connection that came about and was lost again: the server is there, so the next may well last. */
const LOST_REASONS = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'])

/** Tells a person's failure from the server's. */
export function weighFailure(error: AppError): FailureWeight {
  switch (error.code) {
    case 'unauthorized':
    case 'oauth-failed':
    case 'library-unusable':
    case 'not-connected':
      return { kind: 'stop' }
    case 'client-certificate-refused':
      return isMereSuspicion(error) ? AWAY : { kind: 'stop' }
    case 'throttled':
      return { kind: 'busy', retryAfterMs: error.retryAfterMs }
    case 'unreachable':
      return isLostConnection(error) ? LOST : AWAY
    case 'certificate-untrusted':
    case 'redirect-refused':
      return AWAY
    case 'unexpected-answer':
      return isServerStatus(error.status) ? AWAY : { kind: 'person' }
    default:
      return { kind: 'person' }
  }
}

/** A handshake that failed without a reason may have been a server that is just being started. */
function isMereSuspicion(error: Extract<AppError, { code: 'client-certificate-refused' }>): boolean {
  return error.reason === 'likely-missing'
}

/** Whether a connection came about and was lost again. */
export function isLostConnection(error: AppError): boolean {
  return error.code === 'unreachable' && LOST_REASONS.has(error.reason)
}

/** What the system says when it is this computer that is off the network. */
const OWN_NETWORK_REASONS = new Set([
  'ENETDOWN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** Whether this computer, rather than the server, is cut off: that is waited for. */
export function isOwnNetwork(error: AppError): boolean {
  return error.code === 'unreachable' && OWN_NETWORK_REASONS.has(error.reason)
}

/** Redirects to a sign-in or error page, and a proxy that finds nobody behind it. A 500 may be one person's (protocol 1.2). */
function isServerStatus(status: number | null): boolean {
  return status !== null && ((status >= 300 && status < 400 && status !== 304) || status === 502 || status === 504)
}

/**
 * Whether asking the same question again later can help. A page in place of a photo, a body that was cut off and a redirect come
 * from something on the way or from a server that is out of order for a moment; so may another certificate.
 */
export function isTransient(error: AppError): boolean {
  switch (error.code) {
    case 'unreachable':
    case 'throttled':
    case 'certificate-untrusted':
    case 'redirect-refused':
      return true
    case 'client-certificate-refused':
      return isMereSuspicion(error)
    case 'unexpected-answer':
      return error.status !== null && (error.status >= 500 || error.status < 400) && error.status !== 304
    default:
      return false
  }
}

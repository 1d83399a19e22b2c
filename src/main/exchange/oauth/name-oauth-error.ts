import type { AppError } from '../../../shared/errors.ts'

/** Codes that mean that nobody signed in in time. */
const EXPIRED = new Set(['expired_token', 'device_code_expired', 'user_timeout_reached'])

/**
 * Names what the library threw while a person signed in. Of a provider's own words only its error code and Microsoft's number are
 * taken: the rest may name anything.
 * @param authority the sign-in server
 */
export function nameOAuthError(thrown: unknown, authority: string): AppError {
  const endpoint = new URL(authority).origin
  const { code, message } = readThrown(thrown)
  // Polling for a device code wraps the provider's code into one of its own.
  const told = code === 'post_request_failed' ? codeIn(message) : code
  if (EXPIRED.has(told)) return { code: 'oauth-failed', endpoint, reason: 'expired' }
  const number = /\bAADSTS\d{4,9}\b/.exec(message)?.[0]
  return { code: 'oauth-failed', endpoint, reason: number === undefined ? told : `${told} ${number}` }
}

function readThrown(thrown: unknown): { code: string; message: string } {
  if (!(thrown instanceof Error)) return { code: 'unknown', message: '' }
  const code = 'errorCode' in thrown && typeof thrown.errorCode === 'string' ? codeIn(thrown.errorCode) : 'unknown'
  return { code, message: thrown.message }
}

/** The last word of a text, if it looks like a code. */
function codeIn(text: string): string {
  return /(?:^|[\s:])([a-z0-9_.-]{1,64})$/i.exec(text)?.[1] ?? 'unknown'
}

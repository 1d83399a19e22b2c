import type { AppError } from '../../../shared/errors.ts'

/** After these nothing more is asked: more tries would harm, or cannot help. */
export function isFinal(error: AppError): boolean {
  if (error.code === 'unauthorized') return error.hint !== 'scheme-not-offered' && error.hint !== 'weaker-scheme'
  return error.code === 'cancelled' || error.code === 'not-supported' || error.code === 'oauth-failed'
}

/** What explains most comes first. */
const TELLING = [
  'consent-needed',
  'certificate-untrusted',
  'unauthorized',
  'client-certificate-refused',
  'redirect-refused',
  'throttled',
  'forbidden',
] as const

/**
 * The failure that explains most; null when none explains anything. The bare domain is often a web site with another
 * certificate: that says nothing.
 */
export function chooseFailure(failures: readonly AppError[], mailDomain: string): AppError | null {
  const telling = failures.filter(
    (error) =>
      (error.code !== 'certificate-untrusted' && error.code !== 'client-certificate-refused') ||
      hostOf(error.endpoint) !== mailDomain,
  )
  for (const code of TELLING) {
    const found = telling.find((error) => error.code === code)
    if (found !== undefined) return found
  }
  return null
}

function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).hostname : ''
}

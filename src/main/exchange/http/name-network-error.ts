import type { AppError } from '../../../shared/errors.ts'
import { UntrustedCertificate } from './look-at-certificates.ts'
import { nameTlsAlert } from './name-tls-alert.ts'

/** Codes of OpenSSL's and Node's certificate checks. Anything else that begins with these is one, too. */
const CERTIFICATE_CODES = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'PATH_LENGTH_EXCEEDED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
])

/** The chain ends at somebody nobody knows: a person may know better. Every other fault is one whoever trusts it. */
const UNKNOWN_AUTHORITY_CODES = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Whether a connection failed because the certificate's issuer is not known. */
export function isUnknownAuthority(thrown: unknown): boolean {
  return UNKNOWN_AUTHORITY_CODES.has(codeOf(thrown))
}

/** Thrown into a request to end it when its answer is longer than allowed. */
export class BodyTooLong extends Error {
  readonly code = 'ROLLCALL_BODY_TOO_LONG'
}

/** How an answer is named that is longer than its request allowed. */
export const TOO_LONG = 'the answer is longer than allowed'

/**
 * Names what a socket, TLS or the HTTP library threw.
 * @param endpoint an origin
 * @param hasClientCertificate a certificate of this computer's was at hand for the server
 */
export function nameNetworkError(
  thrown: unknown,
  endpoint: string,
  signal: AbortSignal,
  hasClientCertificate = false,
): AppError {
  if (signal.aborted) return { code: 'cancelled' }
  if (thrown instanceof BodyTooLong) {
    return { code: 'unexpected-answer', endpoint, status: null, detail: TOO_LONG }
  }
  const reason = codeOf(thrown)
  if (thrown instanceof UntrustedCertificate) {
    return { code: 'certificate-untrusted', endpoint, reason, certificate: thrown.certificate }
  }
  if (CERTIFICATE_CODES.has(reason)) return { code: 'certificate-untrusted', endpoint, reason }
  const refusal = nameTlsAlert(reason, hasClientCertificate)
  if (refusal !== null) return { code: 'client-certificate-refused', endpoint, reason: refusal }
  return { code: 'unreachable', endpoint, reason }
}

/** The system's code of an error, or of the first one inside an AggregateError. */
function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'UNKNOWN'
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return codeOf(thrown.errors[0])
  if (thrown.cause !== undefined) return codeOf(thrown.cause)
  return thrown.name
}

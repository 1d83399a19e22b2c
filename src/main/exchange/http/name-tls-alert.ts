import type { AppError } from '../../../shared/errors.ts'

type Refusal = Extract<AppError, { code: 'client-certificate-refused' }>['reason']

/** Alerts about a certificate; only the other side's certificate can be meant. @see RFC 8446 6.2 */
const CERTIFICATE_ALERTS: Readonly<Record<string, Refusal>> = {
  BAD_CERTIFICATE: 'refused',
  UNSUPPORTED_CERTIFICATE: 'refused',
  CERTIFICATE_UNKNOWN: 'refused',
  ACCESS_DENIED: 'refused',
  CERTIFICATE_REVOKED: 'revoked',
  CERTIFICATE_EXPIRED: 'expired',
  UNKNOWN_CA: 'unknown-issuer',
}

/**
 * What a server's TLS alert says about the client certificate; null: nothing. TLS 1.3 says that one is missing; before it there
 * was only `handshake_failure`, which may have other causes.
 * @param code such as `ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED`
 */
export function nameTlsAlert(code: string, hasClientCertificate: boolean): Refusal | null {
  const [, alert = ''] = /^ERR_SSL_[A-Z0-9/]+_ALERT_(\w+)$/.exec(code) ?? []
  if (alert === 'CERTIFICATE_REQUIRED') return 'missing'
  if (alert === 'HANDSHAKE_FAILURE') return hasClientCertificate ? null : 'likely-missing'
  const refusal = CERTIFICATE_ALERTS[alert] ?? null
  return refusal === null || hasClientCertificate ? refusal : 'missing'
}

import { expect, it } from 'vitest'
import { nameTlsAlert } from '../../../../src/main/exchange/http/name-tls-alert.ts'

it.each([
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', false, 'missing'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', false, 'likely-missing'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', true, null],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', false, 'missing'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', true, 'refused'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', true, 'expired'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED', true, 'revoked'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', true, 'unknown-issuer'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', false, null],
  ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', true, 'expired'],
  ['ECONNRESET', true, null],
])('%s with a client certificate (%s) means %s', (code, hasOne, means) => {
  expect(nameTlsAlert(code, hasOne)).toBe(means)
})

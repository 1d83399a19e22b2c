import { createPrivateKey, X509Certificate } from 'node:crypto'
import { duplexPair } from 'node:stream'
import tls from 'node:tls'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { ClientCertificate } from '../../core/connections/ports.ts'
import { keyOptions } from './trusted-context.ts'

type Reason = Extract<AppError, { code: 'client-certificate-file' }>['reason']

/** A client certificate, and what can be shown of it. */
export interface ReadClientCertificate {
  readonly own: ClientCertificate
  readonly certificate: X509Certificate
}

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g
const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]*?-----END (?:[A-Z]+ )?PRIVATE KEY-----/

/**
 * Reads a client certificate with its key: one PFX/PKCS#12 file, or PEM files that hold both between them. A key in PEM is
 * decrypted here, so that its passphrase need not be kept. Fails with `client-certificate-file`.
 * @param files the bytes of each
 * @param passphrase empty: none
 */
export function readClientCertificate(
  files: readonly Uint8Array[],
  passphrase: string,
  nowMs: number,
): Result<ReadClientCertificate> {
  const text = files.map((file) => Buffer.from(file).toString('latin1')).join('\n')
  const [only] = files
  const found = text.includes('-----BEGIN ')
    ? readPem(text, passphrase)
    : only === undefined || files.length > 1
      ? refuse('no-certificate')
      : readPfx(only, passphrase)
  if (!found.ok) return found
  const opened = openClientCertificate(found.value)
  return opened.ok && !isValidAt(opened.value.certificate, nowMs) ? refuse('expired') : opened
}

/** Opens a client certificate that was kept. Fails with `client-certificate-file`. */
export function openClientCertificate(own: ClientCertificate): Result<ReadClientCertificate> {
  try {
    const secureContext = tls.createSecureContext(keyOptions(own))
    // The certificate of a PFX file can be read only from a socket that would show it; nothing is sent on this one.
    const [side] = duplexPair()
    const socket = new tls.TLSSocket(side, { secureContext })
    const certificate = socket.getX509Certificate()
    socket.destroy()
    if (certificate === undefined) return refuse('no-certificate')
    return ok({ own, certificate })
  } catch (cause) {
    return refuse(reasonOf(cause))
  }
}

/** Whether a certificate is valid at a time. */
export function isValidAt({ validFrom, validTo }: X509Certificate, nowMs: number): boolean {
  return Date.parse(validFrom) <= nowMs && nowMs < Date.parse(validTo)
}

function readPfx(file: Uint8Array, passphrase: string): Result<ClientCertificate> {
  // ASN.1: every such file is a SEQUENCE.
  if (file[0] !== 0x30) return refuse('no-certificate')
  // A certificate alone, as DER: what browsers export by default.
  if (isCertificate(file)) return refuse('no-key')
  return ok({ kind: 'pfx', pfx: Buffer.from(file).toString('base64'), passphrase })
}

function readPem(text: string, passphrase: string): Result<ClientCertificate> {
  const certificates = text.match(CERTIFICATES) ?? []
  if (certificates.length === 0) return refuse('no-certificate')
  if (!certificates.every(isCertificate)) return refuse('damaged')
  const [keyPem] = PRIVATE_KEY.exec(text) ?? []
  if (keyPem === undefined) return refuse('no-key')
  const key = readKey(keyPem, passphrase)
  if (!key.ok) return key
  // The key's own certificate comes first, its chain after it, in whatever order they stood.
  const own = certificates.filter((pem) => new X509Certificate(pem).checkPrivateKey(key.value))
  if (own.length === 0) return refuse('key-mismatch')
  const chain = certificates.filter((pem) => !own.includes(pem))
  const exported = key.value.export({ type: 'pkcs8', format: 'pem' }).toString()
  return ok({ kind: 'pem', certificates: [...own.slice(0, 1), ...chain].join('\n'), key: exported })
}

function readKey(key: string, passphrase: string) {
  const isEncrypted = /BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(key)
  if (isEncrypted && passphrase === '') return refuse('wrong-passphrase')
  try {
    return ok(createPrivateKey({ key, ...(isEncrypted && { passphrase }) }))
  } catch (cause) {
    return refuse(isEncrypted ? reasonOf(cause) : 'damaged')
  }
}

function isCertificate(content: string | Uint8Array): boolean {
  try {
    return new X509Certificate(content).raw.length > 0
  } catch {
    return false
  }
}

/** What OpenSSL, or BoringSSL in the desktop app, says by its words alone. Nothing of the text goes any further. */
function reasonOf(cause: unknown): Reason {
  const text = cause instanceof Error ? `${'code' in cause ? String(cause.code) : ''} ${cause.message}` : ''
  if (/mac verify|bad.?decrypt|incorrect.?password/i.test(text)) return 'wrong-passphrase'
  if (/unsupported/i.test(text)) return 'old-encryption'
  if (/private key from PFX/i.test(text)) return 'no-key'
  if (/certificate from PFX/i.test(text)) return 'no-certificate'
  if (/values.?mismatch/i.test(text)) return 'key-mismatch'
  return 'damaged'
}

function refuse(reason: Reason) {
  return fail({ code: 'client-certificate-file', reason })
}

import { X509Certificate } from 'node:crypto'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { isValidAt } from './read-client-certificate.ts'

const CERTIFICATES =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g

/**
 * Reads the certificates of files, each PEM with any number of them, or one as DER. One that stands there twice is read once.
 * Fails with `authority-file`.
 */
export function readAuthorities(files: readonly Uint8Array[], nowMs: number): Result<X509Certificate[]> {
  const found = new Map<string, X509Certificate>()
  for (const file of files) {
    const text = Buffer.from(file).toString('latin1')
    const contents = text.includes('-----BEGIN ') ? (text.match(CERTIFICATES) ?? []) : [file]
    if (contents.length === 0) return refuse('no-certificate')
    for (const content of contents) {
      const certificate = parse(content)
      if (certificate === null) return refuse(typeof content === 'string' ? 'damaged' : 'no-certificate')
      found.set(certificate.fingerprint256, certificate)
    }
  }
  const certificates = [...found.values()]
  if (certificates.length === 0) return refuse('no-certificate')
  return certificates.some((one) => isValidAt(one, nowMs)) ? ok(certificates) : refuse('expired')
}

function parse(content: string | Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(content)
  } catch {
    return null
  }
}

function refuse(reason: Extract<AppError, { code: 'authority-file' }>['reason']) {
  return fail({ code: 'authority-file', reason })
}

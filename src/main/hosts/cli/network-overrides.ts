import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fail, ok, type Result } from '../../../shared/result.ts'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

/** The certificates of `--ca-file`, each as PEM; none without the option. Fails with `invalid-input`. */
export async function readCaFile(file: string | undefined): Promise<Result<string[]>> {
  if (file === undefined) return ok([])
  const wrong = (reason: string) => fail({ code: 'invalid-input', field: '--ca-file', reason: `${file} ${reason}` })
  const text = await readFile(file, 'latin1').catch(() => null)
  if (text === null) return wrong('cannot be read')
  const certificates = text.match(CERTIFICATE) ?? []
  if (certificates.length === 0) return wrong('holds no certificate (PEM)')
  return certificates.every(isCertificate) ? ok([...certificates]) : wrong('holds a damaged certificate')
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}

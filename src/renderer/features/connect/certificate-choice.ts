import type { CertificateFacts } from '../../../shared/certificate-facts.ts'

/** A file that a person chose: its name, and its bytes in base64. */
export interface ChosenFile {
  readonly name: string
  readonly content: string
}

/** CAs that a person chose to trust, looked at already. */
export interface ChosenAuthorities {
  readonly files: readonly ChosenFile[]
  readonly facts: readonly CertificateFacts[]
}

/** A client certificate that a person chose. `facts`: null until its passphrase opens it. */
export interface ChosenClientCertificate {
  readonly files: readonly ChosenFile[]
  readonly passphrase: string
  readonly facts: CertificateFacts | null
}

/** Nothing about certificates has more than this, bytes; what is larger is read no further, and refused as what it is. */
const MAX_FILE_BYTES = 200_000

/** Reads files that a person chose. */
export async function readChosenFiles(files: readonly File[]): Promise<ChosenFile[]> {
  return Promise.all(
    files.map(async (file) => ({
      name: file.name,
      content: toBase64(await file.slice(0, MAX_FILE_BYTES).arrayBuffer()),
    })),
  )
}

function toBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer)
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

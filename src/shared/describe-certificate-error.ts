import type { ErrorWords } from './error-words.ts'
import type { AppError } from './errors.ts'

type ReasonOf<Code extends AppError['code']> = Extract<AppError, { code: Code; reason: unknown }>['reason']
type RefusedReason = ReasonOf<'client-certificate-refused'>

/** What a server makes of the client certificate, or of there being none; by its host. */
export const REFUSED_TITLES: Record<RefusedReason, (host: string) => string> = {
  missing: (host) => `${host} wants a client certificate, and got none.`,
  'likely-missing': (host) =>
    `${host} ended the TLS handshake without a reason. Usually it wants a client certificate then, and none is set for this account.`,
  expired: (host) => `${host} does not accept the client certificate: it has expired.`,
  revoked: (host) => `${host} does not accept the client certificate: it was revoked.`,
  'unknown-issuer': (host) => `${host} does not accept the client certificate: it does not know the issuer.`,
  refused: (host) => `${host} does not accept the client certificate.`,
}

const CHOOSE =
  'Choose the certificate that the organisation issued to you (.pfx, .p12 or PEM), under Advanced (--client-certificate).'
const CHOOSE_ANOTHER =
  'Ask the administrator for a certificate that the server accepts, and choose its file under Advanced (--client-certificate).'

/** The next step after each. */
export const REFUSED_STEPS: Record<RefusedReason, string> = {
  missing: CHOOSE,
  'likely-missing': `${CHOOSE} If you have none, ask the administrator what the server expects.`,
  expired: CHOOSE_ANOTHER,
  revoked: CHOOSE_ANOTHER,
  'unknown-issuer': CHOOSE_ANOTHER,
  refused: CHOOSE_ANOTHER,
}

/** Files that were chosen as the client certificate and are none that can be used. */
export const CLIENT_CERTIFICATE_FILE_WORDS: Record<ReasonOf<'client-certificate-file'>, ErrorWords> = {
  'no-certificate': {
    title: 'The chosen file holds no certificate.',
    nextStep: 'Choose a .pfx or .p12 file, or PEM files with the certificate and its private key.',
  },
  'no-key': {
    title: 'The chosen file holds a certificate without its private key.',
    nextStep: 'Choose a file with both (.pfx or .p12), or the PEM file of the key as well.',
  },
  'key-mismatch': {
    title: 'The private key does not belong to the certificate.',
    nextStep: 'Choose the certificate and the key that were made together.',
  },
  'wrong-passphrase': {
    title: 'The passphrase of the client certificate is wrong or missing.',
    nextStep: 'Enter the passphrase of the file (--client-passphrase-stdin).',
  },
  'old-encryption': {
    title: 'The client certificate is encrypted in an old way that cannot be read.',
    nextStep: 'Export it again with AES-256 encryption.',
  },
  damaged: {
    title: 'The client certificate cannot be read.',
    nextStep: 'Choose a .pfx or .p12 file or PEM files, or export the certificate again.',
  },
  expired: {
    title: 'The client certificate is not valid at this time.',
    nextStep: 'Ask the administrator for a new one, and check the date of this computer.',
  },
}

/** A file that was chosen to trust the CAs in it. */
export const AUTHORITY_FILE_WORDS: Record<ReasonOf<'authority-file'>, ErrorWords> = {
  'no-certificate': {
    title: 'The chosen file holds no certificate.',
    nextStep: 'Choose the file of the CA’s certificate, as PEM or DER (.pem, .crt or .cer).',
  },
  damaged: {
    title: 'The chosen file holds a certificate that cannot be read.',
    nextStep: 'Ask the administrator for the CA’s certificate once more, as PEM or DER.',
  },
  expired: {
    title: 'The certificates in the chosen file are not valid at this time.',
    nextStep: 'Ask the administrator for the CA’s present certificate, and check the date of this computer.',
  },
}

import type { CertificateFacts } from '../../../shared/certificate-facts.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { ConnectForm } from './connect-form.ts'

/** What a person can agree to so that connecting goes on. */
export interface ConnectQuestion {
  /** A host outside the mail domain; a sign-in without a password; a certificate whose issuer nobody knows. */
  readonly kind: 'host' | 'ticket' | 'certificate'
  readonly host: string
  /** What the host showed of itself; null: nothing; absent: that is not the question. */
  readonly certificate?: CertificateFacts | null
  /** The form when it is agreed to. */
  readonly agreed: ConnectForm
}

/** The question that an error comes to; null when nothing can be agreed to. */
export function questionOf(error: AppError | null, form: ConnectForm): ConnectQuestion | null {
  if (error?.code === 'consent-needed') {
    const { host, certificate } = error
    return { kind: 'host', host, certificate, agreed: { ...form, agreedHosts: [...form.agreedHosts, host] } }
  }
  if (error?.code === 'unauthorized' && error.hint === 'host-not-agreed') {
    const host = new URL(error.endpoint).hostname
    return { kind: 'ticket', host, agreed: { ...form, agreedHosts: [...form.agreedHosts, host] } }
  }
  if (error?.code === 'certificate-untrusted' && error.certificate !== undefined) {
    const { certificate } = error
    const host = new URL(error.endpoint).hostname
    return { kind: 'certificate', host, certificate, agreed: { ...form, pins: [...form.pins, certificate.sha256] } }
  }
  return null
}

import { useTranslation } from 'react-i18next'
import type { CertificateFacts } from '../../../shared/certificate-facts.ts'
import { useFormats } from '../../ui/use-formats.ts'

/** A certificate's facts, named, for a list of facts. */
export function useCertificateFacts(): (certificate: CertificateFacts | null) => { label: string; value: string }[] {
  const { t } = useTranslation()
  const formats = useFormats()
  return (certificate) => {
    if (certificate === null) return []
    const { subject, issuer, names, validFromMs, validToMs, sha256 } = certificate
    const valid = { from: formats.dateTime(validFromMs), to: formats.dateTime(validToMs) }
    return [
      { label: t('doctor.subject'), value: subject },
      { label: t('doctor.issuer'), value: issuer },
      { label: t('doctor.names'), value: names.join(', ') },
      { label: t('doctor.validity'), value: t('doctor.validFromTo', valid) },
      { label: t('doctor.sha256'), value: sha256 },
    ]
  }
}

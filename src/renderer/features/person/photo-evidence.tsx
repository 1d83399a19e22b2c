import { useTranslation } from 'react-i18next'
import type { PhotoRecord } from '../../../shared/photos.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { Facts } from '../../ui/facts.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { pixelWords } from './record-words.ts'

/** Why this picture, or none, is seen: what was asked, what was answered, and when (F26). */
export function PhotoEvidence({ record }: { record: PhotoRecord }) {
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const formats = useFormats()
  const time = (ms: number | null) => (ms === null ? '' : formats.dateTime(ms))
  const isPhoto = record.verdict === 'photo'
  const words = record.error === null ? null : errorWords(record.error)
  return (
    <Facts
      facts={[
        { label: t('evidence.verdict'), value: t(`evidence.verdicts.${record.verdict}`) },
        { label: t('evidence.url'), value: record.askedUrl },
        { label: t('evidence.status'), value: record.status === null ? '' : String(record.status) },
        {
          label: t('evidence.soap'),
          value: record.soapAnswer === null ? '' : t(`evidence.soapAnswers.${record.soapAnswer}`),
        },
        { label: t('evidence.requestId'), value: record.requestId },
        { label: t('evidence.error'), value: words === null ? '' : `${words.title} ${words.nextStep}` },
        { label: t('evidence.etag'), value: record.etag },
        { label: t('evidence.asked'), value: time(record.checkedMs) },
        { label: t('evidence.changed'), value: time(record.changedMs) },
        { label: t('evidence.firstSeen'), value: time(record.firstSeenMs) },
        { label: t('evidence.pixels'), value: isPhoto ? pixelWords(record, t, formats) : '' },
        { label: t('evidence.bytes'), value: record.bytes === null ? '' : formats.number(record.bytes) },
        { label: t('evidence.contentType'), value: record.contentType },
        { label: t('evidence.format'), value: record.format === 'unknown' ? t('evidence.noPicture') : record.format },
        { label: t('evidence.location'), value: record.hasLocation === true ? t('evidence.hasLocation') : '' },
        { label: t('evidence.hash'), value: record.contentHash },
      ]}
    />
  )
}

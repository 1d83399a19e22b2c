import type { TFunction } from 'i18next'
import { photoUrl } from '../../../shared/photo-url.ts'
import type { PhotoRecord, PhotoVersion } from '../../../shared/photos.ts'
import type { Formats } from '../../ui/format.ts'

/** The address of the picture of a record; null when there is none that can be shown. */
export function recordUrl(
  { address, sizeCode, contentHash, isDecodable }: PhotoRecord,
  photoBase: string,
): string | null {
  if (contentHash === null || isDecodable === false) return null
  return photoUrl(photoBase, { person: address, size: sizeCode, v: contentHash })
}

/** What there is, in a few words: `48 × 48 px`, `no photo`, `could not ask` … */
export function pixelWords(record: PhotoRecord, t: TFunction, formats: Formats): string {
  if (record.verdict === 'photo') {
    if (record.isDecodable === false || record.widthPx === null || record.heightPx === null)
      return t('record.unreadable')
    return t('record.pixels', { width: formats.number(record.widthPx), height: formats.number(record.heightPx) })
  }
  if (record.error !== null) return t('record.failed')
  return record.verdict === 'absent' ? t('record.absent') : t('record.notAsked')
}

/** `12.4 kB · JPEG`; empty when there is no picture. */
export function byteWords({ verdict, bytes, format }: PhotoRecord, formats: Formats): string {
  if (verdict !== 'photo' || bytes === null) return ''
  return [formats.bytes(bytes), format === null || format === 'unknown' ? '' : format.toUpperCase()]
    .filter((part) => part !== '')
    .join(' · ')
}

/** The measured size of an earlier picture. */
export function versionPixels({ widthPx, heightPx }: PhotoVersion, t: TFunction, formats: Formats): string {
  return widthPx === null || heightPx === null
    ? t('record.unreadable')
    : t('record.pixels', { width: formats.number(widthPx), height: formats.number(heightPx) })
}

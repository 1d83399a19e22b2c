import type { PictureFormat } from '../../../shared/photos.ts'

/** The media type to serve a picture under, by what its bytes are; null for what a page must not be given. */
export function mediaTypeOf(format: PictureFormat | null): string | null {
  if (format === null || format === 'unknown') return null
  return `image/${format}`
}

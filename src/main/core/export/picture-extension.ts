import type { PictureFormat } from '../../../shared/photos.ts'

const EXTENSIONS: Readonly<Record<PictureFormat, string>> = {
  jpeg: '.jpg',
  png: '.png',
  gif: '.gif',
  webp: '.webp',
  bmp: '.bmp',
  unknown: '.bin',
}

/** The extension by what the bytes really are, never by the Content-Type. */
export function pictureExtension(format: PictureFormat): string {
  return EXTENSIONS[format]
}

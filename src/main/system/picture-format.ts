import type { PictureFormat } from '../../shared/photos.ts'

/** The first bytes of each format, as characters of one byte. */
const SIGNATURES: readonly (readonly [PictureFormat, string])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['bmp', 'BM'],
]

/** What the bytes are by their first bytes, whatever the server calls them. */
export function pictureFormatOf(bytes: Uint8Array): PictureFormat {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 12)).toString('latin1')
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return 'webp'
  return SIGNATURES.find(([, signature]) => head.startsWith(signature))?.[0] ?? 'unknown'
}

import { photoUrl } from '../../shared/photo-url.ts'
import type { PhotoRecord } from '../../shared/photos.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { Engine } from './engine.ts'

/** The largest whole picture of a person's records; null when there is none. */
export function largestOf(records: readonly PhotoRecord[]): PhotoRecord | null {
  const whole = records.filter(({ verdict, isDecodable }) => verdict === 'photo' && isDecodable === true)
  return whole.toSorted((left, right) => (right.widthPx ?? 0) - (left.widthPx ?? 0))[0] ?? null
}

/** A picture as PNG: the one kind that every clipboard takes. */
async function asPng(url: string): Promise<Blob> {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob())
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
  return canvas.convertToBlob({ type: 'image/png' })
}

/**
 * Puts somebody's largest picture on the clipboard (F82): by the desktop itself, or in a browser by the page. Answers whether
 * there was one. Rejects when the clipboard is refused.
 */
export async function copyPicture({ client }: Engine, address: SmtpAddress, photoBase: string): Promise<boolean> {
  if (window.rollcall?.host === 'desktop') return client.photos.copyPicture({ address })
  const largest = largestOf(await client.photos.list({ address }))
  if (largest === null || largest.contentHash === null) return false
  const url = photoUrl(photoBase, { person: address, size: largest.sizeCode, v: largest.contentHash })
  // A promise in the item keeps the click's permission while the picture is made.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': asPng(url) })])
  return true
}

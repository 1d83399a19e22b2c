import type { PictureFacts, PictureProbe } from '../core/photos/ports.ts'
import { hasExifLocation } from './exif-location.ts'
import { loadSharp } from './load-sharp.ts'
import { pictureFormatOf } from './picture-format.ts'
import { MAX_PICTURE_PIXELS } from './picture-limits.ts'
import { readJpeg } from './read-jpeg.ts'

const NO_PICTURE: PictureFacts = {
  format: 'unknown',
  widthPx: null,
  heightPx: null,
  isDecodable: false,
  hasLocation: false,
}

/**
 * Tells what the bytes of a picture are. It runs for every photo that is downloaded, so a common JPEG, which is nearly all
 * of them, is judged by its markers; any other picture is decoded by sharp in its own threads.
 */
export function createPictureProbe(): PictureProbe {
  return {
    probe: async (bytes) => {
      const format = pictureFormatOf(bytes)
      if (format === 'unknown') return NO_PICTURE
      return (format === 'jpeg' ? probeCommonJpeg(bytes) : null) ?? (await probeByDecoding(bytes, format))
    },
  }
}

/** The facts of a JPEG that is complete, or evidently cut off; null when only a decoder can tell. */
function probeCommonJpeg(bytes: Uint8Array): PictureFacts | null {
  const { frame, isCommonFrame, isWhole, exif } = readJpeg(bytes)
  if (frame !== null && !isCommonFrame) return null
  const pixels = frame === null ? 0 : frame.widthPx * frame.heightPx
  return {
    format: 'jpeg',
    widthPx: frame?.widthPx ?? null,
    heightPx: frame?.heightPx ?? null,
    isDecodable: isWhole && pixels > 0 && pixels <= MAX_PICTURE_PIXELS,
    hasLocation: exif !== null && hasExifLocation(exif),
  }
}

async function probeByDecoding(bytes: Uint8Array, format: PictureFacts['format']): Promise<PictureFacts> {
  const facts = { ...NO_PICTURE, format }
  const sharp = await loadSharp()
  try {
    const header = await sharp(bytes, { limitInputPixels: false }).metadata()
    facts.widthPx = header.width
    facts.heightPx = header.height
    facts.hasLocation = header.exif !== undefined && hasExifLocation(header.exif)
    const picture = sharp(bytes, { failOn: 'truncated', limitInputPixels: MAX_PICTURE_PIXELS })
    await picture.resize({ width: 8, kernel: 'nearest' }).raw().toBuffer()
    facts.isDecodable = true
  } catch {
    // Not decodable: what was learned from the header stays.
  }
  return facts
}

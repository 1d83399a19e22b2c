import { fail, ok } from '../../shared/result.ts'
import type { PictureResizer } from '../core/export/ports.ts'
import { loadSharp } from './load-sharp.ts'
import { MAX_PICTURE_PIXELS } from './picture-limits.ts'

/** JPEG quality of scaled pictures: no visible loss on faces, about a fifth of the size of quality 100. */
const JPEG_QUALITY = 90

/** Scales with sharp, in its own threads. EXIF orientation is applied, transparency becomes white. */
export function createPictureResizer(): PictureResizer {
  return {
    resize: async (bytes, widthPx, address) => {
      const sharp = await loadSharp()
      try {
        const picture = sharp(bytes, { failOn: 'truncated', limitInputPixels: MAX_PICTURE_PIXELS })
        const { autoOrient } = await picture.metadata()
        if (autoOrient.width <= widthPx) return ok(bytes)
        const scaled = picture.autoOrient().resize({ width: widthPx }).flatten({ background: '#ffffff' })
        return ok(await scaled.jpeg({ quality: JPEG_QUALITY }).toBuffer())
      } catch {
        // sharp throws for every undecodable picture; its message may quote bytes of the picture, so only the fact is kept.
        return fail({ code: 'photo-unreadable', address })
      }
    },
  }
}

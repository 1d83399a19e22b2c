import sharp from 'sharp'
import { createSeededRandom } from '../organisation/seeded-random.ts'
import type { PictureOrder } from './choose-picture.ts'
import { drawSvg, type FaceDrawing } from './draw-svg.ts'

/** Raised when a change here or in the drawing changes bytes: pictures kept from before are then made anew. */
export const DRAWING_VERSION = 1

const MAILBOX_QUALITY = 86
/** The directory's copy is encoded harder, so that it is never the mailbox photo byte for byte. */
const DIRECTORY_QUALITY = 72
const TRUNCATED_SHARE = 0.55

/** Grain makes a picture that JPEG cannot make small: over 1 MB at 1600 px. */
async function makeGrainy(svg: Buffer, seed: string): Promise<Buffer> {
  const { data, info } = await sharp(svg).flatten().raw().toBuffer({ resolveWithObject: true })
  const random = createSeededRandom(`${seed}/grain`)
  for (let at = 0; at < data.length; at++)
    data[at] = Math.max(0, Math.min(255, (data[at] ?? 0) + random.integer(49) - 24))
  const { width, height, channels } = info
  return await sharp(data, { raw: { width, height, channels } }).jpeg({ quality: 92 }).toBuffer()
}

/**
 * Makes the bytes of a picture: always the same for the same order.
 * @returns nothing for an order to serve 0 bytes
 */
export async function makePicture(order: PictureOrder, drawing: FaceDrawing, seed: string): Promise<Buffer> {
  if (order.treatment === 'empty') return Buffer.alloc(0)
  const svg = Buffer.from(drawSvg(order.picture, order, drawing, seed))
  if (order.treatment === 'huge') return await makeGrainy(svg, order.picture)
  const image = sharp(svg).flatten({ background: '#fff' })
  if (order.treatment === 'png') return await image.png({ compressionLevel: 6 }).toBuffer()
  if (order.treatment === 'directory') return await image.jpeg({ quality: DIRECTORY_QUALITY }).toBuffer()
  if (order.treatment === 'location') {
    const place = {
      GPSLatitudeRef: 'N',
      GPSLatitude: '60/1 23/1 34/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '5/1 19/1 20/1',
    }
    return await image
      .withExif({ IFD0: { Make: 'Demo' }, IFD3: place })
      .jpeg({ quality: MAILBOX_QUALITY })
      .toBuffer()
  }
  const bytes = await image.jpeg({ quality: MAILBOX_QUALITY }).toBuffer()
  return order.treatment === 'truncated' ? bytes.subarray(0, Math.floor(bytes.length * TRUNCATED_SHARE)) : bytes
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { BenchPerson } from './bench-people.ts'

/** Different pictures that are really drawn; everybody's copy then carries a comment of its own. */
const DRAWN = 32
/** Sides of a photo, px, as HR648x648 asks. */
const SIDE_PX = 648

/** The name of a person's file: the address as it stands in the query, so that the server need not decode it. */
export function photoFileName({ address }: Pick<BenchPerson, 'address'>): string {
  return encodeURIComponent(address)
}

/** Writes a JPEG for everybody: no two are the same, and all are of the size that Exchange's are (10 to 45 kB). */
export async function drawPhotos(dir: string, people: readonly BenchPerson[]): Promise<void> {
  mkdirSync(dir, { recursive: true })
  const drawn = await Promise.all(Array.from({ length: DRAWN }, (_, index) => drawNoise(index)))
  for (const [index, person] of people.entries()) {
    const picture = drawn[index % DRAWN]
    if (picture !== undefined) writeFileSync(join(dir, photoFileName(person)), withComment(picture, person.address))
  }
}

function drawNoise(index: number): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 }
  return sharp({ create: { width: SIDE_PX, height: SIDE_PX, channels: 3, background: '#888', noise } })
    .blur(2.2 + (index % 16) * 0.2)
    .jpeg({ quality: 70 + (index % 4) * 5 })
    .toBuffer()
}

/** Puts a comment segment after the start marker. */
function withComment(jpeg: Buffer, comment: string): Buffer {
  const text = Buffer.from(comment, 'utf8')
  const segment = Buffer.from([0xff, 0xfe, (text.length + 2) >> 8, (text.length + 2) & 0xff])
  return Buffer.concat([jpeg.subarray(0, 2), segment, text, jpeg.subarray(2)])
}

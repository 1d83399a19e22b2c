import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { createPictureProbe } from '../../../src/main/system/picture-probe.ts'
import { createPictureResizer } from '../../../src/main/system/picture-resizer.ts'

const probe = createPictureProbe()
const resizer = createPictureResizer()
const PLACE = {
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '60/1 10/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '24/1 56/1 0/1' },
}

/** A picture whose every pixel differs from its neighbours, so that it does not shrink to nothing. */
function drawing(widthPx: number, heightPx: number) {
  const pixels = Buffer.alloc(widthPx * heightPx * 3)
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = (index * 7919) % 251
  return sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 3 } })
}

let jpeg: Buffer
beforeAll(async () => {
  jpeg = await drawing(120, 90).jpeg().toBuffer()
})

describe('the probe', () => {
  it('measures a JPEG', async () => {
    const facts = { format: 'jpeg', widthPx: 120, heightPx: 90, isDecodable: true, hasLocation: false }
    expect(await probe.probe(jpeg)).toEqual(facts)
    expect(await probe.probe(await drawing(120, 90).jpeg({ progressive: true }).toBuffer())).toEqual(facts)
    expect(await probe.probe(Buffer.concat([jpeg, Buffer.alloc(9)]))).toEqual(facts)
  })

  it.each(['png', 'gif', 'webp'] as const)('measures a %s, whatever it is called', async (format) => {
    const bytes = await drawing(64, 48).toFormat(format).toBuffer()
    expect(await probe.probe(bytes)).toEqual({
      format,
      widthPx: 64,
      heightPx: 48,
      isDecodable: true,
      hasLocation: false,
    })
  })

  it.each([1, 2, 30, 500])('notices a JPEG that lacks its last %i bytes', async (missing) => {
    const cut = jpeg.subarray(0, jpeg.length - missing)
    expect(await probe.probe(cut)).toMatchObject({ format: 'jpeg', widthPx: 120, isDecodable: false })
  })

  it('agrees with a decoder wherever a JPEG is cut', async () => {
    const small = await drawing(16, 16).jpeg().toBuffer()
    for (let length = 3; length <= small.length; length += 7) {
      const cut = small.subarray(0, length)
      const isDecodable = await sharp(cut, { failOn: 'truncated' })
        .raw()
        .toBuffer()
        .then(
          () => true,
          () => false,
        )
      expect({ length, isDecodable: (await probe.probe(cut)).isDecodable }).toEqual({ length, isDecodable })
    }
  })

  it('notices a cut PNG, and still measures it', async () => {
    const bytes = await drawing(64, 48).png().toBuffer()
    const cut = bytes.subarray(0, bytes.length / 2)
    expect(await probe.probe(cut)).toMatchObject({ format: 'png', widthPx: 64, isDecodable: false })
  })

  it.each([
    ['nothing', ''],
    ['a sign-in page', '<!DOCTYPE html><html></html>'],
    ['half a signature', '\u0089PN'],
  ])('calls %s no picture', async (_, text) => {
    const facts = { format: 'unknown', widthPx: null, heightPx: null, isDecodable: false, hasLocation: false }
    expect(await probe.probe(Buffer.from(text, 'latin1'))).toEqual(facts)
  })

  it('finds a place in the EXIF of a JPEG, a PNG and a WebP', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const bytes = await drawing(32, 32).withExif(PLACE).toFormat(format).toBuffer()
      expect(await probe.probe(bytes)).toMatchObject({ format, hasLocation: true })
    }
  })

  it('does not take other EXIF for a place', async () => {
    const bytes = await drawing(32, 32)
      .withExif({ IFD0: { Copyright: 'Fjordline' } })
      .jpeg()
      .toBuffer()
    expect(await probe.probe(bytes)).toMatchObject({ hasLocation: false, isDecodable: true })
  })

  it('never decodes a picture bomb', async () => {
    const bomb = Buffer.from(jpeg)
    const frame = bomb.indexOf(Buffer.from([0xff, 0xc0]))
    bomb.writeUInt16BE(65_000, frame + 5)
    bomb.writeUInt16BE(65_000, frame + 7)
    expect(await probe.probe(bomb)).toMatchObject({ widthPx: 65_000, heightPx: 65_000, isDecodable: false })
  })

  it('survives any damage', async () => {
    const tagged = await drawing(24, 24).withExif(PLACE).jpeg().toBuffer()
    for (let at = 0; at < tagged.length; at += 3) {
      const damaged = Buffer.from(tagged)
      damaged[at] = 0xff
      damaged[at + 1] = 0xff
      expect(typeof (await probe.probe(damaged)).isDecodable).toBe('boolean')
    }
  })
})

describe('the resizer', () => {
  it('scales down to the width asked, without metadata', async () => {
    const source = await drawing(300, 200).withExif(PLACE).jpeg().toBuffer()
    const resized = await resizer.resize(source, 150, 'a@x')
    if (!resized.ok) throw new Error('not resized')
    const { format, width, height, exif } = await sharp(resized.value).metadata()
    expect({ format, width, height, exif }).toEqual({ format: 'jpeg', width: 150, height: 100, exif: undefined })
  })

  it('gives back the very bytes of a picture that is not wider', async () => {
    expect(await resizer.resize(jpeg, 120, 'a@x')).toEqual({ ok: true, value: jpeg })
    expect(await resizer.resize(jpeg, 500, 'a@x')).toEqual({ ok: true, value: jpeg })
  })

  it('puts transparency on white', async () => {
    const clear = { width: 40, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } as const
    const resized = await resizer.resize(await sharp({ create: clear }).png().toBuffer(), 20, 'a@x')
    if (!resized.ok) throw new Error('not resized')
    const pixels = await sharp(resized.value).raw().toBuffer()
    expect(Math.min(...pixels)).toBeGreaterThan(250)
  })

  it.each([
    ['truncated', () => jpeg.subarray(0, jpeg.length - 40)],
    ['no picture', () => Buffer.from('<html>')],
  ])('refuses what is %s', async (_, bytes) => {
    expect(await resizer.resize(bytes(), 50, 'a@x')).toEqual({
      ok: false,
      error: { code: 'photo-unreadable', address: 'a@x' },
    })
  })
})

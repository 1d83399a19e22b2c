import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DemoTruth, PhotoCase } from '../../../src/main/demo/demo-types.ts'
import { createOrganisation } from '../../../src/main/demo/organisation/create-organisation.ts'
import { choosePicture } from '../../../src/main/demo/photos/choose-picture.ts'
import { createPhotoDesk } from '../../../src/main/demo/photos/create-photo-desk.ts'
import type { PhotoPlan } from '../../../src/main/demo/photos/plan-photo.ts'
import { SIZE_CODES } from '../../../src/shared/size-codes.ts'

const stored = (picture: string, widthPx: number, heightPx = widthPx) => ({ picture, widthPx, heightPx })
const plan = (mailboxPx: number | null, thumbnailPx: number | null): PhotoPlan => ({
  photoCase: 'plain',
  mailbox: mailboxPx === null ? null : stored('mailbox', mailboxPx),
  thumbnail: thumbnailPx === null ? null : stored('thumbnail', thumbnailPx),
})
const sides = (made: PhotoPlan) =>
  SIZE_CODES.map((code) => {
    const order = choosePicture(made, code)
    return order === null ? null : `${order.picture} ${order.widthPx}`
  })

describe('which picture answers a size code', () => {
  it('makes the sizes that the mailbox photo is large enough for; HR48x48 is the directory thumbnail', () => {
    const sizes = [64, 96, 120, 240, 360, 432, 504, 648].map((px) => `mailbox ${px}`)
    expect(sides(plan(648, 64))).toEqual(['thumbnail 64', ...sizes])
  })

  it('answers a size that is not available with the largest that is', () => {
    const expected = ['thumbnail 64', 'mailbox 64', 'mailbox 96', ...Array(6).fill('mailbox 100')]
    expect(sides(plan(100, 64))).toEqual(expected)
  })

  it('answers HR48x48 from the mailbox where the directory has no thumbnail', () => {
    expect(sides(plan(648, null))[0]).toBe('mailbox 48')
  })

  it('answers every size with the directory thumbnail where the mailbox has no photo', () => {
    expect(sides(plan(null, 96))).toEqual(Array(9).fill('thumbnail 96'))
  })

  it('answers nothing where there is neither', () => {
    expect(sides(plan(null, null))).toEqual(Array(9).fill(null))
  })

  it('keeps the proportions', () => {
    const oblong = { ...plan(null, null), mailbox: stored('mailbox', 648, 486) }
    expect(choosePicture(oblong, 'HR240x240')).toMatchObject({ widthPx: 240, heightPx: 180 })
  })
})

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('the demo photos', () => {
  // 200 people have every special case at least once.
  const organisation = createOrganisation('seed', 200)
  const desk = createPhotoDesk(organisation, 'seed', null)
  const truth = desk.truth()
  const pictures = new Map<string, Uint8Array>()

  beforeAll(async () => {
    await Promise.all(
      truth.map(async ({ address }) => {
        const photo = await desk.photo(address, 'HR648x648')
        if (photo !== null) pictures.set(address, photo.bytes)
      }),
    )
  }, 60_000)

  const withCase = (photoCase: PhotoCase): DemoTruth[] => truth.filter((entry) => entry.photoCase === photoCase)

  it('are in about the proportions that a company has', () => {
    const people = createPhotoDesk(createOrganisation('seed', 2_000), 'seed', null)
      .truth()
      .filter(({ kind }) => kind === 'person')
    const share = (is: (entry: DemoTruth) => boolean) => people.filter(is).length / people.length
    expect(share(({ state, largest }) => state === 'photo' && largest?.widthPx === 648)).toBeCloseTo(0.62, 1)
    expect(share(({ state, largest }) => state === 'photo' && (largest?.widthPx ?? 648) < 648)).toBeCloseTo(0.15, 1)
    expect(share(({ state }) => state === 'thumbnail-only')).toBeCloseTo(0.1, 1)
    expect(share(({ state }) => state === 'none')).toBeCloseTo(0.1, 1)
  })

  it('measure what the truth says of them', async () => {
    for (const { address, largest, photoCase } of truth) {
      const bytes = pictures.get(address)
      expect(bytes === undefined).toBe(largest === null)
      if (bytes === undefined || photoCase === 'empty') continue
      const { width, height } = await sharp(bytes).metadata()
      expect({ widthPx: width, heightPx: height }, address).toEqual(largest)
    }
  })

  it('cannot be decoded where the truth says unreadable, and can everywhere else', async () => {
    for (const { address, findings } of truth.filter(({ largest }) => largest !== null)) {
      const isDecoded = await Promise.resolve()
        .then(() => sharp(pictures.get(address), { failOn: 'warning' }).raw().toBuffer())
        .then(
          () => true,
          () => false,
        )
      expect(isDecoded, address).toBe(!findings.includes('unreadable'))
    }
  })

  it('hold every special case', async () => {
    const formatOf = async (photoCase: PhotoCase) =>
      (await sharp(pictures.get(withCase(photoCase)[0]?.address ?? '')).metadata()).format
    expect(await formatOf('png-as-jpeg')).toBe('png')
    expect((await desk.photo(withCase('png-as-jpeg')[0]?.address ?? '', 'HR648x648'))?.contentType).toBe('image/jpeg')
    expect(pictures.get(withCase('empty')[0]?.address ?? '')).toHaveLength(0)
    expect(pictures.get(withCase('huge')[0]?.address ?? '')?.length).toBeGreaterThan(1_000_000)
    const { exif } = await sharp(pictures.get(withCase('location')[0]?.address ?? '')).metadata()
    expect(exif?.includes(Buffer.from([0x88, 0x25])) || exif?.includes(Buffer.from([0x25, 0x88]))).toBe(true)
    expect(withCase('not-square')[0]?.findings).toContain('not-square')
  })

  it('are all different, but for the logo and the same picture on two people', () => {
    const shared = new Set(['logo', 'same-picture', 'empty'])
    const own = truth.filter(({ photoCase, largest }) => largest !== null && !shared.has(photoCase))
    const hashes = own.map(({ address }) => hashOf(pictures.get(address) ?? new Uint8Array()))
    expect(new Set(hashes).size).toBe(own.length)
    const logos = withCase('logo').map(({ address }) => hashOf(pictures.get(address) ?? new Uint8Array()))
    expect(logos.length).toBeGreaterThan(1)
    expect(new Set(logos).size).toBe(1)
    for (const { address } of withCase('same-picture')) {
      const before = truth[truth.findIndex((entry) => entry.address === address) - 1]
      expect(pictures.get(address)).toEqual(pictures.get(before?.address ?? ''))
    }
  })

  it('are never the directory thumbnail byte for byte where the mailbox has a photo', async () => {
    const small = truth.filter(
      ({ state, largest }) => state === 'photo' && (largest?.widthPx ?? 0) <= 96 && largest?.widthPx !== 0,
    )
    expect(small.length).toBeGreaterThan(0)
    for (const { address } of small) {
      expect((await desk.photo(address, 'HR48x48'))?.bytes).not.toEqual(pictures.get(address))
    }
    for (const { address } of truth.filter(({ state }) => state === 'thumbnail-only')) {
      expect((await desk.photo(address, 'HR48x48'))?.bytes).toEqual(pictures.get(address))
    }
  })

  it('have the same bytes and validators at another desk of the same seed', async () => {
    const address = withCase('plain').find(({ largest }) => largest !== null)?.address ?? ''
    const other = createPhotoDesk(organisation, 'seed', null)
    expect(await other.photo(address, 'HR240x240')).toEqual(await desk.photo(address, 'HR240x240'))
    const tags = SIZE_CODES.map((code) => desk.etag(address, code))
    expect(new Set(tags).size).toBe(SIZE_CODES.length)
    for (const tag of tags) expect(tag).toMatch(/^"[0-9a-f]{32}"$/)
  })

  it('change when they are told to, and their validators with them', async () => {
    const changing = createPhotoDesk(organisation, 'seed', null)
    const none = truth.find(({ state }) => state === 'none')?.address ?? ''
    changing.change(none)
    const first = await changing.photo(none, 'HR96x96')
    changing.change(none)
    const second = await changing.photo(none, 'HR96x96')
    expect(first?.bytes).not.toEqual(second?.bytes)
    expect(first?.etag).not.toBe(second?.etag)
    expect(changing.truth().find(({ address }) => address === none)).toMatchObject({ state: 'photo', findings: [] })
    changing.remove(none)
    expect(await changing.photo(none, 'HR96x96')).toBeNull()
    expect(() => changing.change('nobody@fjordline.example')).toThrow('nobody has the address')
  })
})

describe('pictures of a very large organisation', () => {
  it('are drawn more simply and still all differ', async () => {
    const organisation = createOrganisation('seed', 20_001)
    const desk = createPhotoDesk(organisation, 'seed', null)
    const full = desk.truth().filter(({ photoCase, largest }) => photoCase === 'plain' && largest?.widthPx === 648)
    const photos = await Promise.all(full.slice(0, 150).map(({ address }) => desk.photo(address, 'HR64x64')))
    expect(new Set(photos.map((photo) => hashOf(photo?.bytes ?? new Uint8Array()))).size).toBe(150)
  })
})

describe('a folder for pictures', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollcall-demo-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('keeps what was drawn for the next run', async () => {
    const organisation = createOrganisation('seed', 10)
    const address = organisation.people[0]?.address ?? ''
    const drawn = await createPhotoDesk(organisation, 'seed', folder).photo(address, 'HR64x64')
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    expect(files).toHaveLength(1)
    expect(await createPhotoDesk(organisation, 'seed', folder).photo(address, 'HR64x64')).toEqual(drawn)
  })
})

import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SizeCode } from '../../../shared/size-codes.ts'
import type { DemoPhoto, DemoTruth } from '../demo-types.ts'
import type { DemoOrganisation } from '../organisation/create-organisation.ts'
import { choosePicture, type PictureOrder } from './choose-picture.ts'
import type { FaceDrawing } from './draw-svg.ts'
import { DRAWING_VERSION, makePicture } from './make-picture.ts'
import { judgePlan, NO_PHOTO, type PhotoPlan, planFullPhoto, planPhoto } from './plan-photo.ts'

/** Everybody's photos: decided at the start, drawn when asked for, then kept. */
export interface PhotoDesk {
  /** What a size code is answered with; null: 404. Always the same bytes until the photo changes. */
  photo(address: string, sizeCode: SizeCode): Promise<DemoPhoto | null>
  /** The validator of that answer, without drawing it; null: 404. */
  etag(address: string, sizeCode: SizeCode): string | null
  change(address: string): void
  remove(address: string): void
  truth(): DemoTruth[]
}

/** Beyond this many people faces are drawn from a few shapes, and pictures are not kept on disk. */
const PORTRAITS_UP_TO = 20_000
/** Pictures kept in memory, bytes. */
const MEMORY_BYTES = 96_000_000

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Keeps the pictures used last, up to a number of bytes. */
function createPictureMemory(limitBytes: number): {
  get(key: string): Buffer | null
  set(key: string, bytes: Buffer): void
} {
  const kept = new Map<string, Buffer>()
  let bytesKept = 0
  return {
    get: (key) => {
      const bytes = kept.get(key)
      if (bytes === undefined) return null
      kept.delete(key)
      kept.set(key, bytes)
      return bytes
    },
    set: (key, bytes) => {
      kept.set(key, bytes)
      bytesKept += bytes.length
      for (const [oldest, oldestBytes] of kept) {
        if (bytesKept <= limitBytes) break
        kept.delete(oldest)
        bytesKept -= oldestBytes.length
      }
    },
  }
}

/** Writes a file whole or not at all. */
async function keep(file: string, bytes: Buffer): Promise<void> {
  const half = `${file}.${process.pid}`
  await mkdir(dirname(file), { recursive: true })
  await writeFile(half, bytes)
  await rename(half, file)
}

/** Reads a kept picture or makes it; one that cannot be kept is made again the next time. */
async function readOrMake(file: string | null, make: () => Promise<Buffer>): Promise<Buffer> {
  if (file === null) return await make()
  const kept = await readFile(file).catch(() => null)
  if (kept !== null) return kept
  const bytes = await make()
  await keep(file, bytes).catch(() => undefined)
  return bytes
}

/** One maker of pictures; questions for a picture that is being made wait for the same one. */
function createPictureMaker(
  seed: string,
  drawing: FaceDrawing,
  folder: string | null,
): (order: PictureOrder) => Promise<Buffer> {
  const memory = createPictureMemory(MEMORY_BYTES)
  const onTheWay = new Map<string, Promise<Buffer>>()
  return (order) => {
    const key = digest(
      [DRAWING_VERSION, seed, drawing, order.picture, order.treatment, order.widthPx, order.heightPx].join('|'),
    )
    const kept = memory.get(key)
    if (kept !== null) return Promise.resolve(kept)
    const running = onTheWay.get(key)
    if (running !== undefined) return running
    const file = folder === null ? null : join(folder, key.slice(0, 2), key)
    const making = readOrMake(file, () => makePicture(order, drawing, seed))
      .then((bytes) => {
        memory.set(key, bytes)
        return bytes
      })
      .finally(() => onTheWay.delete(key))
    onTheWay.set(key, making)
    return making
  }
}

/**
 * Opens the desk.
 * @param folder where drawn pictures are kept between runs; null: nowhere
 */
export function createPhotoDesk(organisation: DemoOrganisation, seed: string, folder: string | null): PhotoDesk {
  const { people } = organisation
  const isLarge = people.length > PORTRAITS_UP_TO
  const make = createPictureMaker(seed, isLarge ? 'simple' : 'portrait', isLarge ? null : folder)
  const positions = new Map(people.map((person, index) => [person.address, index]))
  const changed = new Map<string, { plan: PhotoPlan; version: number }>()

  const planAt = (index: number): PhotoPlan =>
    changed.get(people[index]?.address ?? '')?.plan ?? planPhoto(seed, people, index)
  const orderFor = (address: string, sizeCode: SizeCode): PictureOrder | null => {
    const index = positions.get(address)
    return index === undefined ? null : choosePicture(planAt(index), sizeCode)
  }
  const etagOf = (address: string, sizeCode: SizeCode, order: PictureOrder): string =>
    `"${digest([DRAWING_VERSION, seed, address, sizeCode, order.picture, order.treatment].join('|')).slice(0, 32)}"`
  const replan = (address: string, planFor: (version: number) => PhotoPlan): void => {
    if (!positions.has(address)) throw new Error(`nobody has the address ${address}`)
    const version = (changed.get(address)?.version ?? 0) + 1
    changed.set(address, { plan: planFor(version), version })
  }

  return {
    photo: async (address, sizeCode) => {
      const order = orderFor(address, sizeCode)
      if (order === null) return null
      return { bytes: await make(order), contentType: 'image/jpeg', etag: etagOf(address, sizeCode, order) }
    },
    etag: (address, sizeCode) => {
      const order = orderFor(address, sizeCode)
      return order === null ? null : etagOf(address, sizeCode, order)
    },
    change: (address) => replan(address, (version) => planFullPhoto(`face:${address}/${version}`)),
    remove: (address) => replan(address, () => NO_PHOTO),
    truth: () => people.map((person, index) => judgePlan(person, planAt(index))),
  }
}

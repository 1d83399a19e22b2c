import { z } from 'zod'

/**
 * The nine size codes that GetUserPhoto knows, smallest first. There are no others.
 * @see MS-OXWSCONT, UserPhotoSizeType; "User photos in EWS in Exchange 2013", User photo sizes
 */
export const SIZE_CODES = [
  'HR48x48',
  'HR64x64',
  'HR96x96',
  'HR120x120',
  'HR240x240',
  'HR360x360',
  'HR432x432',
  'HR504x504',
  'HR648x648',
] as const

/** One of the nine codes. Lower-case `x`, as in the schema. */
export const sizeCodeSchema = z.enum(SIZE_CODES)
export type SizeCode = z.infer<typeof sizeCodeSchema>

/** The largest code: its answer is the best picture the server has of a person. */
export const LARGEST_SIZE_CODE: SizeCode = 'HR648x648'

/** The code that is answered with the directory thumbnail wherever there is one. */
export const DIRECTORY_SIZE_CODE: SizeCode = 'HR48x48'

/** The code that tiles are drawn from: sharp up to 240 px, about 10 to 30 kB a photo. */
export const TILE_SIZE_CODE: SizeCode = 'HR240x240'

/** The side that a size code asks for, in px. The picture that comes may be smaller, larger or not square. */
export function sizeCodePx(sizeCode: SizeCode): number {
  return Number(sizeCode.slice(sizeCode.indexOf('x') + 1))
}

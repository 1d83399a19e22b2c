import { z } from 'zod'
import { sizeCodeSchema } from './size-codes.ts'

/** Limits of a width that pictures are scaled down to, px. */
export const EXPORT_WIDTH_PX = { least: 16, most: 4096 } as const

/** Either the bytes as the server sends them for a size code, or a width in px, scaled down from the best there is. */
export const exportSizeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('size-code'), sizeCode: sizeCodeSchema }),
  z.object({
    kind: z.literal('width'),
    widthPx: z.number().int().min(EXPORT_WIDTH_PX.least).max(EXPORT_WIDTH_PX.most),
  }),
])
export type ExportSize = z.infer<typeof exportSizeSchema>

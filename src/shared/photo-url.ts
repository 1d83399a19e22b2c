import { z } from 'zod'
import { sizeCodeSchema } from './size-codes.ts'
import { smtpAddressSchema } from './smtp-address.ts'

/**
 * What a photo's address carries. `v` is the content hash, so that a changed photo has a new address and a cached one never
 * shows an old face; without `v` the library's present answer is served, uncached.
 */
export const photoUrlQuerySchema = z.object({
  person: smtpAddressSchema,
  size: sizeCodeSchema,
  v: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})
export type PhotoUrlQuery = z.infer<typeof photoUrlQuerySchema>

/** The address of a photo under `base`: `photo://library/photo` in Electron, `/photo` in the browser mode. */
export function photoUrl(base: string, query: PhotoUrlQuery): string {
  const params = new URLSearchParams({ person: query.person, size: query.size })
  if (query.v !== undefined) params.set('v', query.v)
  return `${base}?${params.toString()}`
}

import { z } from 'zod'
import { sizeCodeSchema } from './size-codes.ts'
import { smtpAddressSchema } from './smtp-address.ts'

/** How the pictures of a library stand: in the clear, encrypted, or on the way from one to the other. */
export const ENCRYPTION_STATES = ['off', 'switching-on', 'on', 'switching-off'] as const

/** How large a library is, and what of (F51). Bytes of pictures are those of each picture once. */
export const libraryStatusSchema = z.object({
  address: smtpAddressSchema,
  /** For reading only: no call takes a path. */
  file: z.string(),
  fileBytes: z.number().int(),
  /** Of `fileBytes`: free, to be used again or given back. */
  freeBytes: z.number().int(),
  /** The limit that is set. */
  maxBytes: z.number().int(),
  people: z.number().int(),
  /** Pictures that are held, versions included. */
  pictures: z.number().int(),
  pictureBytes: z.number().int(),
  /** Photos of each size code. `bytes`: as if each photo had a picture of its own. */
  sizes: z.array(z.object({ sizeCode: sizeCodeSchema, photos: z.number().int(), bytes: z.number().int() })),
  history: z.object({ versions: z.number().int(), oldestMs: z.number().int().nullable() }),
  encryption: z.object({
    state: z.enum(ENCRYPTION_STATES),
    /** Pictures that are still to be rewritten. */
    remaining: z.number().int(),
    /** Whether this system has a place for the key. */
    isAvailable: z.boolean(),
  }),
  /** Files beside the library: damaged ones that were set aside, and copies from before an update. */
  setAside: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
})
export type LibraryStatus = z.infer<typeof libraryStatusSchema>

/** The scheduled refresh (F49). Times are ms since 1970. */
export const refreshStatusSchema = z.object({
  /** The interval; null: it is switched off. */
  everyHours: z.number().nullable(),
  /** When it is due; it waits then for the server, and for other work that asks. Null: never. */
  nextMs: z.number().int().nullable(),
  /** When the last one came to its end. */
  lastMs: z.number().int().nullable(),
})
export type RefreshStatus = z.infer<typeof refreshStatusSchema>

/** What was removed. */
export const libraryRemovalSchema = z.object({
  people: z.number().int(),
  photos: z.number().int(),
  versions: z.number().int(),
})
export type LibraryRemoval = z.infer<typeof libraryRemovalSchema>

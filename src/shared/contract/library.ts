import { z } from 'zod'
import { connectionStatusSchema } from '../connections.ts'
import { libraryRemovalSchema, libraryStatusSchema, refreshStatusSchema } from '../library.ts'
import { scopeSchema } from '../people.ts'
import { sizeCodeSchema } from '../size-codes.ts'
import { smtpAddressSchema } from '../smtp-address.ts'
import { procedure } from './base.ts'

export const libraryContract = {
  /** How large the opened library is, and what of (F51). */
  read: procedure.output(libraryStatusSchema),
  /** When photos are refreshed by themselves (F49). */
  readRefresh: procedure.output(refreshStatusSchema),
  /** Whether the file is sound: what SQLite's own checks find wrong, nothing when it is. Reads all of it. */
  check: procedure.output(z.object({ problems: z.array(z.string()) })),
  /**
   * Removes photos, earlier pictures or both of the people in scope; the people stay, their photos count as never asked.
   * `sizeCodes` null: all of them.
   */
  purge: procedure
    .input(
      z.object({
        scope: scopeSchema,
        what: z.enum(['photos', 'history', 'photos-and-history']),
        sizeCodes: z.array(sizeCodeSchema).min(1).nullable(),
      }),
    )
    .output(libraryRemovalSchema),
  /**
   * Forgets these people: rows, pictures, earlier pictures and the freed pages (F93); with them all files that were set
   * aside, which cannot be searched. Whoever is still in the directory comes back when it is read again.
   */
  forgetPeople: procedure
    .input(z.object({ addresses: z.array(smtpAddressSchema).min(1).max(10_000) }))
    .output(libraryRemovalSchema),
  /**
   * Sets the file of the account that is, or should be, open aside and begins a new one: for a library that is damaged, from
   * a newer Rollcall, or whose key is gone. Accounts and settings are kept. Fails with `library-unusable` when the file
   * cannot be moved: read-only, in use elsewhere, disk full.
   */
  rebuild: procedure.output(connectionStatusSchema),
  /** Removes the files that were set aside. */
  removeSetAside: procedure.output(z.object({ files: z.number().int() })),
}

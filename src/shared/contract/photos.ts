import { z } from 'zod'
import { jobIdSchema } from '../jobs.ts'
import { scopeSchema } from '../people.ts'
import { interruptedSyncSchema, photoRecordSchema, photoVersionSchema, syncEstimateSchema } from '../photos.ts'
import { sizeCodeSchema } from '../size-codes.ts'
import { smtpAddressSchema } from '../smtp-address.ts'
import { procedure } from './base.ts'

export const photosContract = {
  /** The nine sizes of one person, smallest first, as the library has them. */
  list: procedure.input(z.object({ address: smtpAddressSchema })).output(z.array(photoRecordSchema)),
  /** Makes sure that all nine sizes have been asked for, before everything in the background; then the same as `list`. */
  ensureAll: procedure.input(z.object({ address: smtpAddressSchema })).output(z.array(photoRecordSchema)),
  /** Earlier pictures of one person in all sizes, the last replaced first (F46). */
  listHistory: procedure.input(z.object({ address: smtpAddressSchema })).output(z.array(photoVersionSchema)),
  /**
   * Puts the largest picture that the library has of a person on the system's clipboard (F82). False where the host cannot,
   * or there is none; a page in a browser does it by itself.
   */
  copyPicture: procedure.input(z.object({ address: smtpAddressSchema })).output(z.boolean()),
  /**
   * Asks again for what is held of one person, fresh or not, and in full: not even a server whose validators lie can keep
   * an old face.
   */
  refresh: procedure.input(z.object({ address: smtpAddressSchema })).output(z.array(photoRecordSchema)),
  /**
   * Tells who is on screen, nearest first. Their tile photos are fetched before anything else; what was wanted before and
   * is not on screen any more is given up unless it is already on its way. Answers come as `photos-changed` events (F48).
   */
  setVisible: procedure.input(z.object({ addresses: z.array(smtpAddressSchema).max(2_000) })).output(z.null()),
  /** What `startSync` would cost, about. Asks nobody. */
  estimateSync: procedure
    .input(z.object({ scope: scopeSchema, sizeCodes: z.array(sizeCodeSchema).min(1) }))
    .output(syncEstimateSchema),
  /** Starts a sync of these size codes. */
  startSync: procedure
    .input(z.object({ scope: scopeSchema, sizeCodes: z.array(sizeCodeSchema).min(1) }))
    .output(jobIdSchema),
  /** Syncs that were broken off by a crash, by closing Rollcall or by a server that stayed away; the last begun first (F86). */
  listInterrupted: procedure.output(z.array(interruptedSyncSchema)),
  /** Goes on where it was: what was answered since it began is not asked again. Fails with `unknown-reference`. */
  resumeSync: procedure.input(z.object({ id: z.string() })).output(jobIdSchema),
  /** Gives an interrupted sync up. What it brought is kept. Fails with `unknown-reference`. */
  dropInterrupted: procedure.input(z.object({ id: z.string() })).output(z.null()),
}

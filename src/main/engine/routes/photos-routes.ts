import type { InterruptedSync, PhotoRecord } from '../../../shared/photos.ts'
import { SIZE_CODES, type SizeCode, TILE_SIZE_CODE } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { neverAsked } from '../../core/photos/photo-record.ts'
import type { KeptPlan, PlanProgress } from '../../core/sync/ports.ts'
import type { OpenedAccount } from '../account-session.ts'
import { AppFailure, unwrap } from '../app-failure.ts'
import { resumeSyncJob, startSyncJob } from '../sync-jobs.ts'
import { indexed, indexedInTime, os } from './base.ts'

const UNKNOWN_SYNC = { code: 'unknown-reference', what: 'The interrupted sync' } as const
const NEVER = new AbortController().signal

export const photosRoutes = os.photos.router({
  list: os.photos.list.handler(({ context, input }) =>
    listNineSizes(unwrap(context.services().session()), input.address),
  ),
  listHistory: os.photos.listHistory.handler(({ context, input }) =>
    unwrap(context.services().session()).photos.listHistory(input.address),
  ),
  ensureAll: indexed.photos.ensureAll.handler(({ context, input, signal }) => {
    const session = unwrap(context.services().session())
    return ensureSizes(session, input.address, SIZE_CODES, { signal: signal ?? NEVER })
  }),
  refresh: indexed.photos.refresh.handler(({ context, input, signal }) => {
    const session = unwrap(context.services().session())
    const held = session.photos.listForPerson(input.address).map(({ record }) => record.sizeCode)
    const sizeCodes = held.length > 0 ? held : [TILE_SIZE_CODE]
    return ensureSizes(session, input.address, sizeCodes, { signal: signal ?? NEVER, isForced: true, isInFull: true })
  }),
  copyPicture: os.photos.copyPicture.handler(({ context, input }) => {
    const services = context.services()
    const bytes = readLargest(unwrap(services.session()), input.address)
    const { copyPicture } = services.parts.host
    return bytes !== null && copyPicture !== undefined ? copyPicture(bytes) : false
  }),
  setVisible: indexedInTime.photos.setVisible.handler(({ context, input }) => {
    unwrap(context.services().session()).setVisible(input.addresses)
    return null
  }),
  estimateSync: indexed.photos.estimateSync.handler(({ context, input }) => {
    const session = unwrap(context.services().session())
    return session.estimateSync({
      addresses: session.resolveScope(input.scope),
      sizeCodes: input.sizeCodes,
      ask: 'all',
    })
  }),
  startSync: indexed.photos.startSync.handler(({ context, input }) => {
    const services = context.services()
    const { sizeCodes, scope } = input
    return startSyncJob(services.parts.jobs, unwrap(services.session()), { kind: 'sync', ask: 'all', sizeCodes, scope })
  }),
  listInterrupted: os.photos.listInterrupted.handler(async ({ context }) =>
    (await unwrap(context.services().session()).listInterrupted()).map(describeInterrupted),
  ),
  resumeSync: indexed.photos.resumeSync.handler(async ({ context, input }) => {
    const services = context.services()
    const id = await resumeSyncJob(services.parts.jobs, unwrap(services.session()), input.id)
    if (id === null) throw new AppFailure(UNKNOWN_SYNC)
    return id
  }),
  dropInterrupted: os.photos.dropInterrupted.handler(({ context, input }) => {
    if (!unwrap(context.services().session()).dropInterrupted(input.id)) throw new AppFailure(UNKNOWN_SYNC)
    return null
  }),
})

/** Smallest first; a size that was never asked is in it, as such. */
function listNineSizes(session: OpenedAccount, address: SmtpAddress): PhotoRecord[] {
  const held = new Map(session.photos.listForPerson(address).map(({ record }) => [record.sizeCode, record]))
  return SIZE_CODES.map((sizeCode) => held.get(sizeCode) ?? neverAsked(address, sizeCode).record)
}

/** The bytes of the largest whole picture that is held of a person. */
function readLargest({ photos }: OpenedAccount, address: SmtpAddress): Uint8Array | null {
  const whole = photos
    .listForPerson(address)
    .flatMap(({ record }) => (record.verdict === 'photo' && record.isDecodable === true ? [record] : []))
    .sort((left, right) => (right.widthPx ?? 0) - (left.widthPx ?? 0))
  const hash = whole[0]?.contentHash ?? null
  return hash === null ? null : photos.readBytes(hash)
}

async function ensureSizes(
  session: OpenedAccount,
  address: SmtpAddress,
  sizeCodes: readonly SizeCode[],
  how: { readonly signal: AbortSignal; readonly isForced?: boolean; readonly isInFull?: boolean },
): Promise<PhotoRecord[]> {
  const ensured = await Promise.all(
    sizeCodes.map((sizeCode) => session.ensurePhoto(address, sizeCode, { priority: 'opened', ...how })),
  )
  // What could not even be sent is not in the library; whoever asked is told why all the same.
  const unsent = new Map(ensured.map(({ record }) => [record.sizeCode, record.error]))
  return listNineSizes(session, address).map((record) => ({
    ...record,
    error: record.error ?? unsent.get(record.sizeCode) ?? null,
  }))
}

function describeInterrupted(plan: KeptPlan & PlanProgress): InterruptedSync {
  const { id, kind, sizeCodes, startedMs, photos, done } = plan
  return { id, kind, sizeCodes: [...sizeCodes], startedMs, photos, done }
}

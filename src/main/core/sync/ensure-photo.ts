import type { AppError } from '../../../shared/errors.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { type Freshness, judgeStanding } from '../photos/decide-question.ts'
import type { HeldPhoto, PhotoRepository } from '../photos/ports.ts'
import type { Clock } from '../ports.ts'
import type { AskOptions, PhotoAsker } from './create-photo-asker.ts'

/** How long a failed question waits before it is asked once more (ms). */
const RETRY_AFTER_MS = 500

export interface EnsureOptions extends AskOptions {
  /** Asks although what is held is fresh. */
  readonly isForced?: boolean
}

export interface EnsureDeps {
  readonly asker: PhotoAsker
  readonly photos: Pick<PhotoRepository, 'hasBytes'>
  readonly clock: Clock
  readonly freshness: () => Freshness
}

/** Whether the library can answer by itself: fresh, and the picture is there. */
export function isAnsweredByLibrary(held: HeldPhoto, { photos, clock, freshness }: Omit<EnsureDeps, 'asker'>): boolean {
  if (judgeStanding(held, freshness(), clock.nowMs()) !== 'fresh') return false
  const { contentHash } = held.record
  return contentHash === null || photos.hasBytes(contentHash)
}

/**
 * Makes sure of one photo: from the library when it is fresh, otherwise asked, once more after a passing failure. What is
 * held always comes back; its `error` says why it could not be made sure of. Never rejects for an expected failure.
 */
export async function ensurePhoto(
  deps: EnsureDeps,
  address: SmtpAddress,
  sizeCode: SizeCode,
  options: EnsureOptions,
): Promise<HeldPhoto> {
  const { asker, clock } = deps
  const held = asker.read(address, sizeCode)
  if (options.isForced !== true && isAnsweredByLibrary(held, deps)) return held
  let asked = await asker.ask(address, sizeCode, options)
  if (asked.kind === 'try-later' && asked.failure !== null) {
    await clock.wait(RETRY_AFTER_MS, options.signal)
    asked = await asker.ask(address, sizeCode, options)
  }
  switch (asked.kind) {
    case 'answered':
      return asked.held()
    case 'cancelled':
      return withError(asker.read(address, sizeCode), { code: 'cancelled' })
    case 'not-kept':
      return withError(asker.read(address, sizeCode), asked.error)
    case 'try-later':
      if (asked.failure !== null) await asker.keepFailure(asked.failure)
      return withError(asker.read(address, sizeCode), asked.error)
  }
}

function withError(held: HeldPhoto, error: AppError): HeldPhoto {
  return { ...held, record: { ...held.record, error } }
}

import { LARGEST_SIZE_CODE, TILE_SIZE_CODE } from '../../shared/size-codes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { describeThrown } from '../core/jobs/describe-thrown.ts'
import type { HeldPhoto } from '../core/photos/ports.ts'
import type { Log } from '../core/ports.ts'
import { type EnsureDeps, ensurePhoto, isAnsweredByLibrary } from '../core/sync/ensure-photo.ts'

/** A tile whose photo could not be had is not asked for again before this, however often it comes into sight (ms). */
const FAILED_REST_MS = 60_000

/** Fetches the photos of the tiles in sight, before everything else. */
export interface VisibleTiles {
  /** Replaces who is wanted, nearest first; what is not on its way yet and left the screen is given up. */
  want(addresses: readonly SmtpAddress[]): void
  close(): void
}

/** Makes the tiles of one opened account; nobody is in sight yet. */
export function createVisibleTiles(deps: EnsureDeps, log: Log): VisibleTiles {
  const { clock } = deps
  let wanted = new AbortController()
  const failedAtMs = new Map<SmtpAddress, number>()

  /** A fresh answer for the largest size serves a tile as well. */
  function isServed(address: SmtpAddress): boolean {
    return (
      isAnsweredByLibrary(deps.asker.read(address, TILE_SIZE_CODE), deps) ||
      isAnsweredByLibrary(deps.asker.read(address, LARGEST_SIZE_CODE), deps)
    )
  }

  function mayAsk(address: SmtpAddress): boolean {
    const failedMs = failedAtMs.get(address)
    return failedMs === undefined || clock.nowMs() - failedMs >= FAILED_REST_MS
  }

  function note(address: SmtpAddress, { record }: HeldPhoto): void {
    if (record.error === null) failedAtMs.delete(address)
    else if (record.error.code !== 'cancelled') failedAtMs.set(address, clock.nowMs())
  }

  async function fetchTile(address: SmtpAddress, signal: AbortSignal): Promise<void> {
    try {
      note(address, await ensurePhoto(deps, address, TILE_SIZE_CODE, { priority: 'visible', signal }))
    } catch (cause) {
      describeThrown(log, 'fetching a tile', cause)
    }
  }

  return {
    want(addresses) {
      // First: what is still wanted is asked again in the new order, and joins what is on its way.
      wanted.abort()
      wanted = new AbortController()
      const { signal } = wanted
      for (const address of addresses) {
        if (!mayAsk(address) || isServed(address)) continue
        void fetchTile(address, signal)
      }
    },
    close() {
      wanted.abort()
    },
  }
}

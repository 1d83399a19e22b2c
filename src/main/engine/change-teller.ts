import type { AuditPolicy } from '../../shared/audit.ts'
import type { FindingCode, PersonRow, PhotoSummary } from '../../shared/people.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { describeThrown } from '../core/jobs/describe-thrown.ts'
import type { PeopleIndex } from '../core/people/people-index.ts'
import type { HeldPhoto, PhotoChange, PhotoRepository } from '../core/photos/ports.ts'
import { summarizePhotos } from '../core/photos/summarize-photos.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { EventHub } from './event-hub.ts'

/** How often the page is told of changes, at most (ms). */
const TELL_EVERY_MS = 300
/** People whose summaries are made in one go, before others get their turn: about 5 ms. */
const PEOPLE_AT_ONCE = 100

export interface ChangeTellerOptions {
  readonly index: PeopleIndex
  readonly photos: PhotoRepository
  readonly policy: () => AuditPolicy
  /** What is open of what was found at somebody. */
  readonly openOf: (address: SmtpAddress, findings: readonly FindingCode[]) => FindingCode[]
  readonly clock: Clock
  readonly hub: EventHub
  readonly log: Log
}

/** Brings the index and the page up to date with what the library learnt: at once first, then at most every 300 ms. */
export interface ChangeTeller {
  /** What was stored; a confirmation that changes nothing for anybody's row is not told of. */
  photoChanged(change: PhotoChange): void
  /** This person's photos were removed from the library, or are judged in another way. */
  judgedAnew(address: SmtpAddress): void
  /** Some size of this person is absent, so that what the others are depends on when each was asked. */
  noteAbsence(address: SmtpAddress): void
  peopleChanged(): void
  /** Brings the index up to date now. */
  flush(): void
  close(): void
}

/** Makes the teller of one opened account. */
export function createChangeTeller(options: ChangeTellerOptions): ChangeTeller {
  const { index, photos, policy, openOf, clock, hub, log } = options
  const changed = new Set<SmtpAddress>()
  const someAbsent = new Set<SmtpAddress>()
  const closing = new AbortController()
  let havePeopleChanged = false
  let isResting = false

  function tell(limit: number): void {
    const addresses = takeSome(changed, limit)
    if (addresses.length > 0) {
      const held = photos.listForPeople(addresses)
      index.setPhotos(addresses.map((address) => [address, summarize(address, held.get(address) ?? [])] as const))
      tellRows(addresses)
    }
    if (!havePeopleChanged) return
    havePeopleChanged = false
    hub.emit({ type: 'people-changed', revision: index.revision })
  }

  function summarize(address: SmtpAddress, photos: readonly HeldPhoto[]): PhotoSummary {
    return summarizePhotos(
      photos.map((held) => held.record),
      policy(),
      (findings) => openOf(address, findings),
    )
  }

  function tellRows(addresses: readonly SmtpAddress[]): void {
    if (!hub.hasWatchers()) return
    const rows = addresses.map((address) => index.row(address)).filter((row): row is PersonRow => row !== null)
    if (rows.length > 0) hub.emit({ type: 'photos-changed', revision: index.revision, rows })
  }

  function tellSoon(): void {
    if (isResting || closing.signal.aborted) return
    isResting = true
    tellAndRest().catch((cause) => describeThrown(log, 'telling of changes', cause))
  }

  async function tellAndRest(): Promise<void> {
    // Whatever else changes in this turn goes along.
    await Promise.resolve()
    while (!closing.signal.aborted && (changed.size > 0 || havePeopleChanged)) {
      tell(PEOPLE_AT_ONCE)
      await clock.wait(changed.size > 0 ? 0 : TELL_EVERY_MS, closing.signal)
    }
    isResting = false
  }

  return {
    photoChanged(change) {
      const { kind, address } = change
      if (kind === 'absent') someAbsent.add(address)
      if (kind === 'not-modified' && change.hadFailed === false && !someAbsent.has(address)) return
      changed.add(address)
      tellSoon()
    },
    judgedAnew(address) {
      changed.add(address)
      tellSoon()
    },
    noteAbsence: (address) => void someAbsent.add(address),
    peopleChanged() {
      havePeopleChanged = true
      tellSoon()
    },
    flush() {
      while (changed.size > 0 || havePeopleChanged) tell(PEOPLE_AT_ONCE)
    },
    close() {
      closing.abort()
    },
  }
}

function takeSome<T>(from: Set<T>, limit: number): T[] {
  const taken: T[] = []
  for (const item of from) {
    if (taken.length >= limit) break
    taken.push(item)
  }
  for (const item of taken) from.delete(item)
  return taken
}

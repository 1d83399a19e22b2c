import type { LibraryRemoval, LibraryStatus } from '../../shared/library.ts'
import type { Settings } from '../../shared/settings.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { PurgeChoice, SealRepository, UpkeepRepository } from '../core/library/ports.ts'
import type { PeopleRepository } from '../core/people/ports.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { LibraryKeys } from './library-keys.ts'
import type { LibraryPlace } from './library-places.ts'
import { createLibraryUpkeep } from './library-upkeep.ts'

/** People whose photos are removed in one transaction: about 20 ms. */
const PEOPLE_AT_ONCE = 50

export interface LibraryCareOptions {
  readonly address: SmtpAddress
  readonly library: {
    readonly people: Pick<PeopleRepository, 'readDirectoryState'>
    readonly upkeep: UpkeepRepository
    readonly seal: SealRepository
  }
  readonly place: Pick<LibraryPlace, 'file' | 'listSetAside' | 'removeSetAside'>
  readonly keys: LibraryKeys
  readonly settings: () => Settings
  readonly clock: Clock
  readonly log: Log
  readonly closing: AbortSignal
  /** Removes what is kept of people outside the library. */
  readonly forgetElsewhere: (addresses: readonly SmtpAddress[]) => void
  readonly onForgotten: () => void
  readonly onPurged: (addresses: readonly SmtpAddress[]) => void
}

/** What a person may do to an opened library, and what is done to it behind (F51, F92, F93). */
export interface LibraryCare {
  read(): LibraryStatus
  check(): string[]
  /** Every mailbox of which anything is kept, less these. */
  listMailboxes(except: readonly SmtpAddress[]): SmtpAddress[]
  purge(addresses: readonly SmtpAddress[], choice: PurgeChoice): Promise<LibraryRemoval>
  /** Removes everything about these people, and the copies beside the library, which cannot be searched. */
  forget(addresses: readonly SmtpAddress[]): Promise<LibraryRemoval>
  removeSetAside(): number
  /** Works the settings in, behind everything else. */
  request(): void
  whenIdle(): Promise<void>
}

/** Makes the care of one opened library. */
export function createLibraryCare(options: LibraryCareOptions): LibraryCare {
  const { library, place, keys, settings, clock, closing } = options
  const { upkeep, seal, people } = library
  const { address, log, onForgotten, forgetElsewhere } = options
  const behind = createLibraryUpkeep({
    ...{ address, upkeep, seal, people, keys, settings, clock, log, forgetElsewhere, onForgotten, closing },
    removeCopies: () => void place.removeSetAside(),
  })

  /** Some at a time, so that the window and a sync go on meanwhile. */
  async function removeSome(
    addresses: readonly SmtpAddress[],
    remove: (some: readonly SmtpAddress[]) => LibraryRemoval,
  ): Promise<LibraryRemoval> {
    const removed = { people: 0, photos: 0, versions: 0 }
    for (let at = 0; at < addresses.length && !closing.aborted; at += PEOPLE_AT_ONCE) {
      const some = remove(addresses.slice(at, at + PEOPLE_AT_ONCE))
      removed.people += some.people
      removed.photos += some.photos
      removed.versions += some.versions
      await clock.wait(0, closing)
    }
    if (!closing.aborted) await behind.giveBackSpace()
    return removed
  }

  return {
    read: () => ({
      address,
      file: place.file,
      ...upkeep.measure(),
      maxBytes: settings().library.maxLibraryBytes,
      encryption: { ...describeSeal(seal.state()), isAvailable: keys.isAvailable },
      setAside: place.listSetAside(),
    }),
    check: () => upkeep.check(),
    listMailboxes(except) {
      const left = new Set(except)
      return upkeep.listMailboxes().filter((mailbox) => !left.has(mailbox))
    },
    async purge(addresses, choice) {
      const removed = await removeSome(addresses, (some) => upkeep.purge(some, choice))
      if (!closing.aborted) options.onPurged(addresses)
      return removed
    },
    async forget(addresses) {
      place.removeSetAside()
      forgetElsewhere(addresses)
      const removed = await removeSome(addresses, (some) => upkeep.forget(some))
      if (!closing.aborted) onForgotten()
      return removed
    },
    removeSetAside: () => place.removeSetAside(),
    request: behind.request,
    whenIdle: behind.whenIdle,
  }
}

function describeSeal({ isOn, hasKey, remaining }: ReturnType<SealRepository['state']>) {
  if (!hasKey) return { state: 'off', remaining: 0 } as const
  if (isOn) return { state: remaining > 0 ? 'switching-on' : 'on', remaining } as const
  return { state: 'switching-off', remaining } as const
}

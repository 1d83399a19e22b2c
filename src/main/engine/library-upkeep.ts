import { historyDaysFor, type Settings } from '../../shared/settings.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { describeThrown } from '../core/jobs/describe-thrown.ts'
import type { SealRepository, UpkeepRepository } from '../core/library/ports.ts'
import type { PeopleRepository } from '../core/people/ports.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { LibraryKeys } from './library-keys.ts'

const DAY_MS = 86_400_000
/** What is done in one go, before others get their turn: pictures, people, pages. */
const PICTURES_AT_ONCE = 40
const PEOPLE_AT_ONCE = 50
const PAGES_AT_ONCE = 1_000
/** A library that grew over its limit is brought down to this part of it, so that the next photo does not begin anew. */
const SHRINK_TO = 0.95

export interface LibraryUpkeepOptions {
  readonly address: SmtpAddress
  readonly upkeep: UpkeepRepository
  readonly seal: SealRepository
  readonly people: Pick<PeopleRepository, 'readDirectoryState'>
  readonly keys: LibraryKeys
  readonly settings: () => Settings
  readonly clock: Clock
  readonly log: Log
  /** Removes what is kept of people outside the library. */
  readonly forgetElsewhere: (addresses: readonly SmtpAddress[]) => void
  /** People went: what is remembered of them elsewhere goes, too. */
  readonly onForgotten: () => void
  /** Copies beside the library are in the clear, and go when it is encrypted. */
  readonly removeCopies: () => void
  readonly closing: AbortSignal
}

/** Keeps a library as the settings want it, behind everything else, a little at a time. */
export interface LibraryUpkeep {
  /** Looks after everything soon; while it runs, once more after that. */
  request(): void
  /** Resolves when nothing is left to do. */
  whenIdle(): Promise<void>
  /** Gives free pages back, down to the last. */
  giveBackSpace(): Promise<void>
}

/** Makes the upkeep of one opened library. */
export function createLibraryUpkeep(options: LibraryUpkeepOptions): LibraryUpkeep {
  const { upkeep, settings, clock, closing, log } = options
  let isWanted = false
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    while (isWanted && !closing.aborted) {
      isWanted = false
      await attempt('dropping old versions', dropVersions)
      await attempt('dropping leavers', dropLeavers)
      await attempt('keeping to the size', shrink)
      await attempt('encrypting', () => fitSeal(options, giveBackSpace))
    }
    running = null
  }

  async function attempt(what: string, work: () => Promise<void>): Promise<void> {
    if (closing.aborted) return
    try {
      await work()
    } catch (cause) {
      describeThrown(log, what, cause)
    }
  }

  async function dropVersions(): Promise<void> {
    const days = historyDaysFor(options.address, settings().library)
    // With none kept, the one that was replaced a moment ago goes as well.
    const beforeMs = days === 0 ? Number.MAX_SAFE_INTEGER : clock.nowMs() - days * DAY_MS
    if (upkeep.dropHistory(beforeMs) > 0) await giveBackSpace()
  }

  /** Only a complete reading says who is not there, so it is its time that counts, not today's. */
  async function dropLeavers(): Promise<void> {
    const read = options.people.readDirectoryState()
    const days = settings().library.leaverDays
    if (days === null || read === null || !read.isComplete) return
    let dropped = 0
    while (!closing.aborted) {
      const leavers = upkeep.listLeavers(read.endedMs - days * DAY_MS, PEOPLE_AT_ONCE)
      if (leavers.length === 0) break
      options.forgetElsewhere(leavers)
      dropped += upkeep.forget(leavers).people
      await clock.wait(0, closing)
    }
    if (dropped === 0) return
    log.info('people who left the directory were dropped', { people: dropped })
    options.onForgotten()
    await giveBackSpace()
  }

  async function shrink(): Promise<void> {
    const { fileBytes, freeBytes } = upkeep.measure()
    const { maxLibraryBytes } = settings().library
    if (fileBytes <= maxLibraryBytes) return
    const excessBytes = fileBytes - freeBytes - maxLibraryBytes * SHRINK_TO
    const ids = excessBytes > 0 ? upkeep.listLeastNeeded(excessBytes) : []
    for (let at = 0; at < ids.length && !closing.aborted; at += PICTURES_AT_ONCE) {
      upkeep.evict(ids.slice(at, at + PICTURES_AT_ONCE))
      await clock.wait(0, closing)
    }
    if (ids.length > 0) log.info('the library reached its size, pictures were dropped', { pictures: ids.length })
    await giveBackSpace()
  }

  async function giveBackSpace(): Promise<void> {
    while (!closing.aborted && upkeep.giveBackSpace(PAGES_AT_ONCE)) await clock.wait(0, closing)
  }

  return {
    request() {
      isWanted = true
      running ??= clock.wait(0, closing).then(run)
    },
    whenIdle: async () => {
      await running
    },
    giveBackSpace,
  }
}

/** Brings the pictures to where the settings want them. Broken off at any moment, it goes on at the next start. */
async function fitSeal(
  { address, seal, keys, settings, clock, closing, log, removeCopies }: LibraryUpkeepOptions,
  giveBackSpace: () => Promise<void>,
): Promise<void> {
  const isWanted = settings().library.isEncrypted
  const before = seal.state()
  if (isWanted && !before.isOn) {
    const key = await keys.ensure(address)
    if (key === null) {
      log.warn('the library is not encrypted: the password store does not keep its key')
      return
    }
    if (closing.aborted) return
    seal.switchOn(key)
  } else if (!isWanted && before.isOn) seal.switchOff()
  if (!seal.state().hasKey) return
  let isRewritten = false
  while (!closing.aborted && seal.rewriteSome(PICTURES_AT_ONCE)) {
    isRewritten = true
    await clock.wait(0, closing)
  }
  if (closing.aborted) return
  const { isOn, hasKey } = seal.state()
  if (isOn && (isRewritten || !before.isOn)) {
    removeCopies()
    await giveBackSpace()
  }
  if (!hasKey) await keys.forget(address)
}

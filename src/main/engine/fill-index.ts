import type { FindingCode, Person, PhotoSummary } from '../../shared/people.ts'
import type { PhotoRecord } from '../../shared/photos.ts'
import type { Settings } from '../../shared/settings.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { PeopleIndex } from '../core/people/people-index.ts'
import type { PeopleRepository, ScopeRepository } from '../core/people/ports.ts'
import type { HeldPhoto, PhotoRepository } from '../core/photos/ports.ts'
import { summarizePhotos } from '../core/photos/summarize-photos.ts'
import type { Clock } from '../core/ports.ts'
import { type Steps, takeSteps } from '../core/sync/take-steps.ts'

/** People that are taken into the index in one step: 10 to 20 ms. A library of fewer is filled before anybody asks. */
export const PEOPLE_AT_ONCE = 1_000

/** How long a window that opens is left alone (ms): its faces come first, which take the processor as well. */
const REST_MS = 1_500

/** What is open of what was found at somebody. */
export type OpenOf = (address: SmtpAddress, findings: readonly FindingCode[]) => FindingCode[]

export interface IndexSources {
  readonly people: Pick<PeopleRepository, 'iterateAll'>
  readonly photos: Pick<PhotoRepository, 'iterateAll'>
  readonly scopes: Pick<ScopeRepository, 'list'>
  readonly settings: () => Settings
  readonly openOf: OpenOf
  /** Hears of everybody of whom some size is absent. */
  readonly onAbsent: (address: SmtpAddress) => void
}

/** Fills an empty index from the library, a step at a time. A small library is one step. */
export function* fillIndex(index: PeopleIndex, sources: IndexSources): Steps<void> {
  const { people, photos, scopes, settings, openOf, onAbsent } = sources
  index.setScopes(scopes.list())
  for (const some of chunksOf<Person>(people.iterateAll())) {
    index.upsert(some)
    if (some.length === PEOPLE_AT_ONCE) yield
  }
  for (const some of chunksOf(listSummaries(photos, settings, openOf, onAbsent))) {
    index.setPhotos(some)
    if (some.length === PEOPLE_AT_ONCE) yield
  }
}

/** An index that is being filled behind what else is to be done. */
export interface Filling {
  isWhole(): boolean
  /** Null: it is whole. Else resolves when it is, or is given up; rejects when the library fails. */
  readonly behind: Promise<void> | null
  /** The same for somebody who waits, and is not kept waiting until the window has rested. */
  whenFilled(): Promise<void> | null
  /** The same for what a window that opens asks for besides its first screen: nobody waits for it. */
  whenRested(): Promise<void> | null
}

/**
 * Takes the first step at once. The others follow when somebody waits for them, or after a rest: a window that opens has better
 * use for the processor.
 */
export function fillBehind(steps: Steps<void>, clock: Clock, closing: AbortSignal): Filling {
  const hurry = new AbortController()
  let isWhole = steps.next().done === true
  async function takeOthers(): Promise<void> {
    await clock.wait(REST_MS, AbortSignal.any([hurry.signal, closing]))
    isWhole = (await takeSteps(steps, clock, closing)) !== null
  }
  const behind = isWhole ? null : takeOthers()
  return {
    behind,
    isWhole: () => isWhole,
    whenRested: () => (isWhole ? null : behind),
    whenFilled() {
      hurry.abort()
      return isWhole ? null : behind
    },
  }
}

/**
 * What a row says of everybody's photos, by the settings as they are then, person by person: all records at once would be a
 * hundred megabytes.
 */
export function* listSummaries(
  photos: Pick<PhotoRepository, 'iterateAll'>,
  settings: () => Settings,
  openOf: OpenOf,
  onAbsent: (address: SmtpAddress) => void = () => {},
): Generator<readonly [SmtpAddress, PhotoSummary]> {
  for (const records of groupByPerson(photos.iterateAll())) {
    const [{ address }] = records
    if (records.some(({ verdict }) => verdict === 'absent')) onAbsent(address)
    yield [address, summarizePhotos(records, settings().audit, (findings) => openOf(address, findings))]
  }
}

function* groupByPerson(all: Iterable<HeldPhoto>): Generator<[PhotoRecord, ...PhotoRecord[]]> {
  let group: [PhotoRecord, ...PhotoRecord[]] | null = null
  for (const { record } of all) {
    if (group !== null && group[0].address === record.address) group.push(record)
    else {
      if (group !== null) yield group
      group = [record]
    }
  }
  if (group !== null) yield group
}

function* chunksOf<T>(all: Iterable<T>): Generator<T[]> {
  let chunk: T[] = []
  for (const item of all) {
    chunk.push(item)
    if (chunk.length < PEOPLE_AT_ONCE) continue
    yield chunk
    chunk = []
  }
  yield chunk
}

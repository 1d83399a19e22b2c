import { isDeepStrictEqual } from 'node:util'
import type { Account, ConnectionStatus, Endpoints } from '../../shared/connections.ts'
import type { HoldReason } from '../../shared/jobs.ts'
import type { FindingCode } from '../../shared/people.ts'
import { historyDaysFor, type Settings } from '../../shared/settings.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { splitFindings } from '../core/audit/accepted-findings.ts'
import type { AcceptedFindings } from '../core/audit/ports.ts'
import { looksMoved } from '../core/connections/decide-refresh.ts'
import type { ExchangeConnector, ExchangeSession } from '../core/connections/ports.ts'
import { describeThrown } from '../core/jobs/describe-thrown.ts'
import type { LdapThumbnail } from '../core/ldap/ports.ts'
import type { SealRepository, UpkeepRepository } from '../core/library/ports.ts'
import type { PeopleIndex } from '../core/people/people-index.ts'
import type { DirectorySource, OpeningRepository, PeopleRepository, ScopeRepository } from '../core/people/ports.ts'
import { keepThumbnails } from '../core/photos/keep-thumbnails.ts'
import type { PhotoRepository, PictureProbe } from '../core/photos/ports.ts'
import type { Clock, Log } from '../core/ports.ts'
import { createBatchWriter } from '../core/sync/create-batch-writer.ts'
import type { GateHealth } from '../core/sync/create-breaker.ts'
import { createGate } from '../core/sync/create-gate.ts'
import { createHolds } from '../core/sync/create-holds.ts'
import { createPhotoAsker } from '../core/sync/create-photo-asker.ts'
import { ensurePhoto } from '../core/sync/ensure-photo.ts'
import { estimateSync, type MeasuredPace } from '../core/sync/estimate-sync.ts'
import type { SyncPlanRepository } from '../core/sync/ports.ts'
import { runSync } from '../core/sync/run-sync.ts'
import { watchForInterruptions } from '../core/sync/watch-for-interruptions.ts'
import { type ChangeTeller, createChangeTeller } from './change-teller.ts'
import type { EventHub } from './event-hub.ts'
import { fillBehind, fillIndex, listSummaries } from './fill-index.ts'
import { createLibraryCare, type LibraryCare } from './library-care.ts'
import type { LibraryKeys } from './library-keys.ts'
import type { LibraryPlace } from './library-places.ts'
import { createOpeningScreen, type OpeningScreen } from './opening-screen.ts'
import { resolveScope } from './resolve-scope.ts'
import { createServerLink, type ServerLinkOptions } from './server-link.ts'
import type { AccountSession } from './session-types.ts'
import { createSyncJournal } from './sync-journal.ts'
import { trackStatus } from './track-status.ts'
import { createVisibleTiles } from './visible-tiles.ts'

/** People that an estimate looks at, at most. */
const SAMPLED_PEOPLE = 500
/** How long nothing is asked after the computer slept or changed its network, until that is up (ms). */
const REST_MS = 3_000
/** Requests of a sync that tell how fast the server is. */
const PACE_REQUESTS = 50

/** The library of an account, opened. */
export interface OpenLibrary {
  readonly people: PeopleRepository
  readonly photos: PhotoRepository
  whenWritable(): Promise<void> | null
  readonly upkeep: UpkeepRepository
  readonly seal: SealRepository
  readonly scopes: ScopeRepository
  readonly plans: SyncPlanRepository
  readonly opening: OpeningRepository
  close(): void
}

export interface AccountSessionOptions {
  readonly account: Account
  readonly library: OpenLibrary
  readonly place: Pick<LibraryPlace, 'file' | 'letGo' | 'listSetAside' | 'removeSetAside'>
  readonly keys: LibraryKeys
  readonly accepted: AcceptedFindings
  readonly index: PeopleIndex
  readonly connector: ExchangeConnector
  readonly prepareLink: ServerLinkOptions['prepare']
  readonly probe: PictureProbe
  /** Changes when the computer is on another network. */
  readonly networkMark: () => string
  readonly contentHash: (bytes: Uint8Array) => string
  readonly settings: () => Settings
  /** A command line's word, over the settings; null: as the settings say. */
  readonly concurrency: number | null
  readonly clock: Clock
  readonly log: Log
  readonly hub: EventHub
  /** Told why everything that asks the server waits; null: it does not. */
  readonly onHold: (reason: HoldReason | null) => void
}

/** An opened account with what only the engine may do to it. */
export interface OpenedAccount extends AccountSession {
  readonly teller: ChangeTeller
  readonly scopes: ScopeRepository
  readonly opening: OpeningScreen
  /** A directory that is asked before everything in the background: somebody waits for the answer. */
  readonly directoryNow: DirectorySource
  status(): ConnectionStatus
  /** Opens the way to the server anew; with a session that has signed in already it is used as it is. */
  connect(signedIn?: { session: ExchangeSession; endpoints: Endpoints }): Promise<ConnectionStatus>
  setVisible(addresses: readonly SmtpAddress[]): void
  /** Keeps pictures that LDAP gave as the directory's. */
  keepThumbnails(thumbnails: readonly LdapThumbnail[]): Promise<void>
  readonly care: LibraryCare
  /** Works the changed settings in. */
  settingsChanged(): void
  /** Aborted when the account is closed. */
  readonly closed: AbortSignal
  close(): Promise<void>
}

/** Opens an account on its library. The server is not needed, and not asked before `connect`. */
export function openAccountSession(options: AccountSessionOptions): OpenedAccount {
  const { account, library, index, clock, log, hub, settings } = options
  const { people, photos, scopes, plans } = library
  const closing = new AbortController()
  const limit = (): number => options.concurrency ?? settings().library.concurrency
  const status = trackStatus(account, hub, clock, closing.signal)
  const holds = createHolds({ clock, closing: closing.signal, onChange: options.onHold })
  const onHealth = (health: GateHealth): void => {
    status.onHealth(health)
    holds.onHealth(health)
    if (health.kind === 'open' && looksMoved(health.error)) link.rediscover()
  }
  const gate = createGate({ clock, limit: limit(), onHealth, onPause: status.onPause, closing: closing.signal })
  const link = createServerLink({
    connector: options.connector,
    gate,
    log,
    prepare: options.prepareLink,
    closing: closing.signal,
  })
  const openOf = (address: SmtpAddress, findings: readonly FindingCode[]): FindingCode[] =>
    splitFindings(findings, options.accepted.listOf(address), clock.nowMs()).open
  const teller = createChangeTeller({ index, photos, policy: () => settings().audit, openOf, clock, hub, log })
  const writer = createBatchWriter({
    clock,
    save: (changes) => photos.save(changes, { isHistoryKept: historyDaysFor(account.address, settings().library) > 0 }),
    whenWritable: library.whenWritable,
    log,
    onSaved: (changes) => {
      for (const change of changes) teller.photoChanged(change)
    },
  })
  const asker = createPhotoAsker({
    source: link.photos,
    photos,
    probe: options.probe,
    contentHash: options.contentHash,
    gate,
    writer,
    clock,
    closing: closing.signal,
  })
  const deps = { asker, photos, clock, gate, freshness: () => settings().library }
  const journal = createSyncJournal(plans, clock, log, closing.signal)
  const tiles = createVisibleTiles(deps, log)
  const sources = { people, photos, scopes, settings, openOf, onAbsent: teller.noteAbsence }
  const opening = createOpeningScreen(library.opening, index)
  const filling = fillBehind(fillIndex(index, sources), clock, closing.signal)
  const care = createLibraryCare({
    ...{ address: account.address, library, place: options.place, keys: options.keys, settings, clock, log },
    closing: closing.signal,
    forgetElsewhere: options.accepted.forget,
    onForgotten() {
      index.clear()
      for (const _ of fillIndex(index, sources));
      teller.peopleChanged()
    },
    onPurged(addresses) {
      for (const address of addresses) teller.judgedAnew(address)
      teller.flush()
    },
  })
  const keepOpening = (): boolean => {
    try {
      return filling.isWhole() && opening.keep()
    } catch (cause) {
      describeThrown(log, 'keeping the opening screen', cause)
      return false
    }
  }
  const onFilled = (): void => {
    if (closing.signal.aborted) return
    care.request()
    if (keepOpening()) teller.peopleChanged()
  }
  // What goes wrong is told by whoever opened the account.
  const filled = filling.behind?.then(onFilled, () => {})
  if (filling.behind === null) care.request()
  void watchForInterruptions({
    clock,
    networkMark: options.networkMark,
    signal: closing.signal,
    onInterruption(what) {
      log.info('interrupted', { what })
      gate.rest(REST_MS)
      holds.onRest(what === 'sleep' ? 'sleep' : 'network-changed', REST_MS)
    },
  })
  /** By which the index's findings were made. */
  let policy = settings().audit
  let pace: MeasuredPace | null = null

  return {
    account,
    people,
    photos,
    scopes,
    plans,
    index,
    accepted: options.accepted,
    teller,
    filling,
    opening,
    directory: link.directory('background'),
    directoryNow: link.directory('visible'),
    status: status.read,
    async connect(signedIn) {
      if (signedIn !== undefined) link.adopt(signedIn.session, signedIn.endpoints)
      status.onConnecting()
      status.onConnected(signedIn === undefined ? await link.signIn() : null)
      return status.read()
    },
    resolveScope: (scope) => resolveScope(index, scope),
    ensurePhoto: (address, sizeCode, how) => ensurePhoto(deps, address, sizeCode, how),
    estimateSync({ addresses, sizeCodes, ask }) {
      const nowMs = clock.nowMs()
      const sample = sampleOf(addresses).flatMap((address) =>
        sizeCodes.map((sizeCode) => ({ sizeCode, held: photos.find(address, sizeCode) })),
      )
      const freshness = settings().library
      return estimateSync({
        people: addresses.length,
        sizeCodes,
        ask,
        sample,
        freshness,
        nowMs,
        concurrency: limit(),
        pace,
      })
    },
    listInterrupted: journal.listInterrupted,
    findInterrupted: journal.findInterrupted,
    dropInterrupted: journal.dropInterrupted,
    async sync(request) {
      const end = await journal.keepWhile(request, (sinceMs) => runSync(deps, { ...request, sinceMs }))
      teller.flush()
      care.request()
      if (end.requests >= PACE_REQUESTS) pace = end
      return end
    },
    setVisible: tiles.want,
    closed: closing.signal,
    keepThumbnails: (thumbnails) =>
      keepThumbnails(
        { photos, probe: options.probe, contentHash: options.contentHash, clock, save: writer.add },
        thumbnails,
      ),
    care,
    settingsChanged() {
      care.request()
      gate.setLimit(limit())
      if (isDeepStrictEqual(settings().audit, policy)) return
      policy = settings().audit
      index.setPhotos(listSummaries(photos, settings, openOf))
      teller.peopleChanged()
    },
    async close() {
      tiles.close()
      options.onHold(null)
      closing.abort()
      writer.close()
      await Promise.all([asker.drain(), link.close(), care.whenIdle(), options.place.letGo(), filled])
      teller.close()
      keepOpening()
      library.close()
    },
  }
}

/** Some of the people, spread over all of them: looking at everybody would take seconds of a large directory. */
function sampleOf(addresses: readonly SmtpAddress[]): SmtpAddress[] {
  const step = Math.max(1, Math.ceil(addresses.length / SAMPLED_PEOPLE))
  return addresses.filter((_, index) => index % step === 0)
}

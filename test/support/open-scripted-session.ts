import { join } from 'node:path'
import { createPeopleIndex } from '../../src/main/core/people/create-people-index.ts'
import { openAccountSession } from '../../src/main/engine/account-session.ts'
import { createEventHub } from '../../src/main/engine/event-hub.ts'
import { createLibraryKeys } from '../../src/main/engine/library-keys.ts'
import { openAcceptedFindings } from '../../src/main/store/accepted-findings-store.ts'
import { openLibrary } from '../../src/main/store/open-library.ts'
import { contentHash } from '../../src/main/system/content-hash.ts'
import { createMemorySecretStore } from '../../src/main/system/create-secret-store.ts'
import type { HoldReason } from '../../src/shared/jobs.ts'
import { ok } from '../../src/shared/result.ts'
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts'
import { createManualClock, silentLog } from './manual-clock.ts'
import { addressOf } from './photo-records.ts'
import { createScriptedConnector, personOf } from './scripted-connector.ts'
import { createScriptedPhotos, createTextProbe } from './scripted-photos.ts'

export const ACCOUNT = {
  address: addressOf('helpdesk'),
  userName: 'helpdesk',
  auth: 'auto',
  ewsUrl: 'https://mail.fjordline.example/EWS/Exchange.asmx',
  isDemo: false,
  secretKeptIn: 'this-run',
} as const

/** An opened account over a real library and a scripted server. */
export function openScriptedSession(folder: string, people = ['ada', 'bo', 'cy'], clock = createManualClock()) {
  const server = createScriptedPhotos()
  const exchange = createScriptedConnector(
    server,
    people.map((name) => personOf(name)),
  )
  const hub = createEventHub()
  const settings = { now: DEFAULT_SETTINGS }
  const place = { now: 'here' }
  const holds: (HoldReason | null)[] = []
  const library = openLibrary(join(folder, 'library.sqlite'), { log: silentLog })
  if (!library.ok) throw new Error(library.error.code)
  library.value.people.save(
    people.map((name) => personOf(name)),
    clock.nowMs(),
  )
  const session = openAccountSession({
    account: ACCOUNT,
    library: library.value,
    place: {
      file: join(folder, 'library.sqlite'),
      letGo: async () => {},
      listSetAside: () => [],
      removeSetAside: () => 0,
    },
    keys: createLibraryKeys(createMemorySecretStore(), silentLog),
    accepted: openAcceptedFindings(join(folder, 'accepted.json'), silentLog),
    index: createPeopleIndex(),
    connector: exchange.connector,
    prepareLink: async () =>
      ok({
        endpoints: { ewsUrl: ACCOUNT.ewsUrl, photosUrl: null, serverVersion: 'Exchange2016' },
        credentials: { userName: 'helpdesk', password: 'secret' },
        auth: 'auto',
        network: {
          extraCaPem: [],
          resolveRules: [],
          dnsServer: null,
          concurrency: 4,
          maxPhotoBytes: 1_000_000,
          log: silentLog,
        },
      }),
    probe: createTextProbe(),
    networkMark: () => place.now,
    contentHash,
    settings: () => settings.now,
    concurrency: null,
    clock,
    log: silentLog,
    hub,
    onHold: (reason) => void holds.push(reason),
  })
  return { place, holds, settings, clock, server, exchange, hub, session, library: library.value }
}

import { join } from 'node:path'
import type { ResolveRule } from '../core/connections/ports.ts'
import { createScriptedAnswers, type ScriptedAnswers } from './autodiscover/scripted-answers.ts'
import { DEMO_EWS_URL, DEMO_URL } from './autodiscover/user-settings.ts'
import type { DemoExchange, DemoOptions, DemoScript } from './demo-types.ts'
import type { EwsWorld } from './ews/ews-operation.ts'
import { listen } from './http/create-demo-server.ts'
import { createFaults, type Faults } from './http/create-faults.ts'
import { createRouter } from './http/create-router.ts'
import { createRequestLog } from './http/request-log.ts'
import { DEMO_AUTODISCOVER_HOST, DEMO_DOMAIN, DEMO_MAIL_HOST, DEMO_NETBIOS_DOMAIN } from './organisation/company.ts'
import { createDirectorySearch } from './organisation/create-directory-search.ts'
import { createOrganisation, type DemoOrganisation } from './organisation/create-organisation.ts'
import { createPhotoDesk, type PhotoDesk } from './photos/create-photo-desk.ts'
import { type AccountBook, createAccountBook } from './sign-in/account-book.ts'
import { type DemoCertificates, openCertificates } from './sign-in/create-certificates.ts'
import { createDoorkeeper, type Doorkeeper } from './sign-in/create-doorkeeper.ts'
import { tlsServerEndPointBinding } from './sign-in/ntlm-crypto.ts'

export type * from './demo-types.ts'

const DEFAULT_PEOPLE = 2_000
const DEFAULT_SEED = 'fjordline'
const HTTPS_PORT = 443

function resolveRules(port: number, extraHosts: readonly string[]): ResolveRule[] {
  return [DEMO_MAIL_HOST, DEMO_AUTODISCOVER_HOST, DEMO_DOMAIN, ...extraHosts].map((host) => ({
    host,
    port: HTTPS_PORT,
    toAddress: '127.0.0.1',
    toPort: port,
  }))
}

/** @param served what the server shows now: channel bindings are made of it */
function openDoor(options: DemoOptions, accounts: AccountBook, served: () => DemoCertificates): Doorkeeper {
  const policy = {
    accounts,
    target: {
      nbDomain: DEMO_NETBIOS_DOMAIN,
      nbComputer: 'MAIL01',
      dnsDomain: DEMO_DOMAIN,
      dnsComputer: `mail01.${DEMO_DOMAIN}`,
    },
    get channelBinding() {
      return tlsServerEndPointBinding(served().certificateDer)
    },
    isChannelBindingRequired: options.requireChannelBinding ?? false,
    ...(options.bearer && { bearer: options.bearer }),
  }
  return createDoorkeeper(policy, options.schemes ?? ['ntlm', 'basic'], Date.now)
}

/** Nobody is known while sign-ins are refused. */
function refusable(book: AccountBook, faults: Faults): AccountBook {
  return {
    ...book,
    find: (userName) => (faults.isRefusingSignIns ? null : book.find(userName)),
    verify: (userName, password) => (faults.isRefusingSignIns ? null : book.verify(userName, password)),
  }
}

function createScript(
  organisation: DemoOrganisation,
  photos: PhotoDesk,
  faults: Faults,
  scripted: ScriptedAnswers,
  breakTls: DemoScript['breakTls'],
): DemoScript {
  const addressOf = (address: string): string => {
    const person = organisation.find(address)
    if (person === null) throw new Error(`nobody has the address ${address}`)
    return person.address
  }
  return {
    changePhoto: (address) => photos.change(addressOf(address)),
    removePhoto: (address) => photos.remove(addressOf(address)),
    answerBusyAfter: faults.addBusy,
    resetAfter: (after, count = 1) => faults.addReset(after, count),
    setLatencyMs: faults.setLatencyMs,
    sendGarbageFor: (address, kind = 'bytes') => faults.setGarbage(addressOf(address), kind),
    refusePlainPhotos: faults.setPhotoRefusal,
    leaveHost: faults.setMoved,
    refuseSignIns: faults.refuseSignIns,
    spoilPhotos: (part, ways, seed = DEFAULT_SEED) => faults.setSpoils(part, ways, seed),
    breakTls,
    answerAutodiscover: scripted.add,
    clear() {
      faults.clear()
      scripted.clear()
    },
  }
}

/**
 * Starts the demo organisation: an Exchange on 127.0.0.1 with its own throw-away CA, which speaks Autodiscover, EWS and the
 * photo service as the real one does. Whoever talks to it needs `caPem` and `resolveRules`, and nothing else.
 * @throws when the port is taken or `cacheDir` cannot be written
 */
export async function startDemoExchange(options: DemoOptions = {}): Promise<DemoExchange> {
  const seed = options.seed ?? DEFAULT_SEED
  const cacheDir = options.cacheDir ?? null
  const organisation = createOrganisation(seed, options.people ?? DEFAULT_PEOPLE)
  const photos = createPhotoDesk(organisation, seed, cacheDir === null ? null : join(cacheDir, 'photos'))
  const book = createAccountBook(seed, organisation.people)
  const extraHosts = options.extraHosts ?? []
  const certificates = await openCertificates(extraHosts.length === 0 ? cacheDir : null, Date.now(), extraHosts)
  let served = certificates
  const faults = createFaults()
  const doorkeeper = openDoor(options, refusable(book, faults), () => served)
  const scripted = createScriptedAnswers()
  const log = createRequestLog()
  const isFindPeoplePaged = options.isFindPeoplePaged ?? true
  const search = createDirectorySearch(organisation)
  const world: EwsWorld = { ...organisation, search, photos, isFindPeoplePaged: () => isFindPeoplePaged }
  const parts = { certificates, doorkeeper, faults, scripted, log, route: createRouter(world, faults), nowMs: Date.now }
  const server = await listen(parts, options.port ?? 0)
  return {
    url: DEMO_URL,
    ewsUrl: DEMO_EWS_URL,
    port: server.port,
    caPem: certificates.caPem,
    accounts: book.accounts,
    resolveRules: resolveRules(server.port, extraHosts),
    people: organisation.people,
    truth: photos.truth,
    photo: (address, sizeCode) => photos.photo(address.toLowerCase(), sizeCode),
    script: createScript(organisation, photos, faults, scripted, async (how) => {
      served = how === 'other-certificate' ? await openCertificates(null, Date.now()) : certificates
      server.serveUnder(how === 'alert' ? null : served)
    }),
    requests: log.list,
    clearRequests: log.clear,
    connections: server.connections,
    failedLogons: doorkeeper.failedLogons,
    close: server.close,
  }
}

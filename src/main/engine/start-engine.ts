import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { fail, ok, type Result } from '../../shared/result.ts'
import { settingsSchema } from '../../shared/settings.ts'
import type { SecretStore } from '../core/connections/ports.ts'
import { createJobRunner } from '../core/jobs/create-job-runner.ts'
import type { Clock } from '../core/ports.ts'
import { createExchangeConnector } from '../exchange/create-exchange-connector.ts'
import { createSecureDialler } from '../exchange/http/create-secure-dialler.ts'
import { createLdapConnector } from '../ldap/create-ldap-connector.ts'
import { createAccountStore } from '../store/account-store.ts'
import { createSettingsStore } from '../store/settings-store.ts'
import { systemClock } from '../system/clock.ts'
import { createSecretStore } from '../system/create-secret-store.ts'
import { createExportSinkFactory } from '../system/export-sink.ts'
import { loadTicketSource } from '../system/kerberos-tickets.ts'
import { createLog } from '../system/log.ts'
import { readMachineDomain } from '../system/machine-domain.ts'
import { makeFolder } from '../system/make-folder.ts'
import { createPictureProbe } from '../system/picture-probe.ts'
import { createPictureResizer } from '../system/picture-resizer.ts'
import { createAcceptanceService } from './acceptance-service.ts'
import { createCertificatesService } from './account-certificates.ts'
import { createAccountManager } from './account-manager.ts'
import { createAccountSecrets } from './account-secrets.ts'
import type { OpenedAccount } from './account-session.ts'
import { AppFailure } from './app-failure.ts'
import { createAuditService } from './audit-service.ts'
import { createPeopleCompleter } from './complete-people.ts'
import { createDirectoryReading } from './directory-reading.ts'
import type { EngineParts } from './engine-parts.ts'
import type { EngineServices } from './engine-services.ts'
import { createEventHub } from './event-hub.ts'
import { createExportService } from './export-service.ts'
import { createExportTargets } from './export-targets.ts'
import type { EngineOptions, HostCapabilities } from './host-ports.ts'
import { createLdapAccess } from './ldap-access.ts'
import { createLibraryKeys } from './library-keys.ts'
import { createLibraryPlaces } from './library-places.ts'
import { createPhotoReaderLink, type PhotoReaderLink } from './photo-reader-link.ts'
import { createScheduledRefresh } from './scheduled-refresh.ts'
import { serveContract } from './serve-contract.ts'
import { servePhoto } from './serve-photo.ts'
import type { InProcessEngine } from './session-types.ts'

/**
 * Starts an engine in this thread: opens the stores and the account that is to be open, signs in behind it. Never fails: a
 * start that went wrong is the answer to every call.
 */
export async function startEngine(
  options: EngineOptions,
  host: HostCapabilities,
  readerPort: MessagePort | null = null,
  clock: Clock = systemClock,
): Promise<InProcessEngine> {
  const log = createLog({ level: options.logLevel, file: join(options.dataDir, 'logs', 'rollcall.log') })
  const photoReader = createPhotoReaderLink(readerPort)
  const started = await startServices(options, host, log, photoReader, clock)
  const services = (): EngineServices => {
    if (!started.ok) throw new AppFailure(started.error)
    return started.value
  }
  if (!started.ok) log.error('the engine cannot start', { error: started.error })
  const opened = (): OpenedAccount | null => {
    const session = started.ok ? started.value.session() : started
    return session.ok ? session.value : null
  }
  return {
    ...serveContract({ services }, log),
    session: opened,
    async servePhoto(query, signal) {
      const session = opened()
      // What is pinned is in the library; anything else may be news, which the index must not miss.
      if (query.v === undefined) await session?.filling.whenFilled()
      return servePhoto(session, query, signal)
    },
    async close() {
      if (started.ok) await closeServices(started.value)
      readerPort?.close()
      log.close()
    },
  }
}

type EngineLog = ReturnType<typeof createLog>

async function startServices(
  options: EngineOptions,
  host: HostCapabilities,
  log: EngineLog,
  photoReader: PhotoReaderLink,
  clock: Clock,
): Promise<Result<EngineServices>> {
  const folder = makeDataFolder(options.dataDir)
  if (!folder.ok) return folder
  const secrets = await createSecretStore(options.secrets, log)
  const parts = assembleParts(options, host, log, secrets, photoReader, clock)
  const services = assembleServices(parts, secrets)
  await services.manager.openAtStart(options.open)
  return ok(services)
}

function makeDataFolder(folder: string): Result<null> {
  try {
    makeFolder(folder, 0o700)
    return ok(null)
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    return fail({ code: 'not-writable', target: folder, reason })
  }
}

function assembleParts(
  options: EngineOptions,
  host: HostCapabilities,
  log: EngineLog,
  secrets: SecretStore,
  photoReader: PhotoReaderLink,
  clock: Clock,
): EngineParts {
  const hub = createEventHub()
  const keys = createLibraryKeys(secrets, log)
  return {
    options,
    host,
    clock,
    log,
    hub,
    jobs: createJobRunner({ clock, log, onChange: (job) => hub.emit({ type: 'job-changed', job }) }),
    settings: createSettingsStore(options.dataDir, log),
    accounts: createAccountStore(options.dataDir, log),
    connector: createExchangeConnector(),
    ldap: createLdapConnector(createSecureDialler()),
    machineDomain: readMachineDomain(process.env),
    tickets: loadTicketSource(log),
    probe: createPictureProbe(),
    keys,
    libraryPlace: createLibraryPlaces({ dataDir: options.dataDir, keys, photoReader, clock, log }),
  }
}

function assembleServices(parts: EngineParts, secrets: SecretStore): EngineServices {
  const { jobs, clock, settings, host, hub, options } = parts
  const accountSecrets = createAccountSecrets(secrets, parts.log)
  const access = createLdapAccess(parts, accountSecrets)
  const directory = createDirectoryReading(
    jobs,
    { ldap: parts.ldap, access, clock },
    () => options.network.concurrency ?? settings.read().library.concurrency,
  )
  const refresh = createScheduledRefresh({
    ...{ jobs, clock, log: parts.log, settings: settings.read },
    onChange: () => hub.emit({ type: 'refresh-changed' }),
  })
  const manager = createAccountManager({
    parts,
    secrets: accountSecrets,
    onOpened(session) {
      readDemoOnce(session, directory)
      if (options.isRefreshing === true) refresh.follow(session)
    },
  })
  const session = (): OpenedAccount | null => {
    const current = manager.current()
    return current.ok ? current.value : null
  }
  const targets = createExportTargets(host)
  const sinks = createExportSinkFactory()
  const shared = { session, jobs, sinks, targets, settings: settings.read, clock }
  return {
    parts,
    hasSecretStore: secrets.kind === 'os-store',
    manager,
    certificates: createCertificatesService({
      parts,
      secrets: accountSecrets,
      status: manager.status,
      onChanged: manager.signInAgain,
    }),
    ldap: access,
    directory,
    completePerson: createPeopleCompleter(parts.clock),
    refresh,
    audit: createAuditService(shared),
    acceptance: createAcceptanceService({ session: manager.current, settings: settings.read, clock }),
    exports: createExportService({ ...shared, resizer: createPictureResizer(), host }),
    session: manager.current,
    updateSettings(patch) {
      const now = settings.read()
      const next = settingsSchema.parse({
        appearance: { ...now.appearance, ...patch.appearance },
        library: { ...now.library, ...patch.library },
        discovery: { ...now.discovery, ...patch.discovery },
        network: { ...now.network, ...patch.network },
        audit: { ...now.audit, ...patch.audit },
        exports: { ...now.exports, ...patch.exports },
        oauth: { ...now.oauth, ...patch.oauth },
      })
      settings.write(next)
      session()?.settingsChanged()
      hub.emit({ type: 'settings-changed', settings: next })
      return next
    },
  }
}

/** The demo fills itself; a company's directory is read when a person says so. */
function readDemoOnce(session: OpenedAccount, directory: EngineServices['directory']): void {
  if (session.account.isDemo && session.people.readDirectoryState() === null) directory.start(session)
}

async function closeServices({ manager, parts }: EngineServices): Promise<void> {
  await parts.jobs.close()
  await manager.close()
  parts.hub.close()
}

import { statSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { EngineHandle } from '../../src/main/engine/host-ports.ts'
import { startEngineWorker } from '../../src/main/engine/start-engine-worker.ts'
import { libraryFile } from '../../src/main/store/library-file.ts'
import type { Job, JobId } from '../../src/shared/jobs.ts'
import type { Scope } from '../../src/shared/people.ts'
import type { PhotoUrlQuery } from '../../src/shared/photo-url.ts'
import type { SyncReport } from '../../src/shared/photos.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import type { PhotoServerFacts } from './photo-server.ts'

/** What a Rollcall in a process of its own is told to do. */
export type RollcallCommand =
  | {
      readonly do: 'open'
      readonly facts: PhotoServerFacts
      readonly dataDir: string
      readonly concurrency: number
      readonly auth: 'basic' | 'ntlm'
    }
  /** Of everybody, or of these. `readsPhotos`: meanwhile the page reads photos, one after the other. */
  | { readonly do: 'sync'; readonly addresses: readonly string[] | null; readonly readsPhotos: boolean }
  | { readonly do: 'close' }

/** What a sync came to, measured in the process that runs it. */
export interface MeasuredSync {
  readonly report: SyncReport
  readonly seconds: number
  /** Processor time of all threads, s. */
  readonly cpuSeconds: number
  /** Highest resident memory of the whole process, bytes. */
  readonly peakBytes: number
  /** The host thread's event-loop delay, p99, ms. */
  readonly hostDelayMs: number
  /** Reading one photo for the page, p99, ms; null when none was read. */
  readonly photoReadMs: number | null
  readonly photoReads: number
}

export type RollcallAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'synced'; readonly sync: MeasuredSync }
  | { readonly kind: 'closed'; readonly libraryBytes: number }

/** How often memory is looked at, and a photo is read for the page (ms). */
const SAMPLE_MS = 100
const READ_EVERY_MS = 5

let opened: { engine: EngineHandle; file: string } | null = null

process.once('disconnect', () => process.exit(0))
process.on('message', (command: RollcallCommand) => {
  answer(command).then(
    (value) => process.send?.(value),
    (cause) => {
      console.error(cause)
      process.exit(1)
    },
  )
})

async function answer(command: RollcallCommand): Promise<RollcallAnswer> {
  switch (command.do) {
    case 'open':
      opened = await open(command)
      return { kind: 'done' }
    case 'sync':
      return { kind: 'synced', sync: await measureSync(engineNow().engine, command) }
    case 'close': {
      const { engine, file } = engineNow()
      await engine.close()
      opened = null
      return { kind: 'closed', libraryBytes: statSync(file).size }
    }
  }
}

function engineNow() {
  if (opened === null) throw new Error('Nothing is open.')
  return opened
}

/** As the hosts do: the engine in a thread of its own. */
async function open(command: Extract<RollcallCommand, { do: 'open' }>) {
  const { facts, dataDir, concurrency, auth } = command
  const engine = await startEngineWorker(
    new URL('./engine-worker.js', import.meta.url),
    {
      dataDir,
      appInfo: { version: '0.0.0', host: 'test', canChooseFolder: false, photoBase: '/photo' },
      network: {
        extraCaPem: [facts.caPem],
        resolveRules: [{ host: facts.host, port: 443, toAddress: '127.0.0.1', toPort: facts.port }],
        dnsServer: null,
        concurrency,
      },
      secrets: 'this-run',
      logLevel: 'silent',
      open: 'nothing',
    },
    { chooseFolder: async () => null, revealFolder: async () => false, startDemo: null },
  )
  const { address, userName, password, ewsUrl } = facts
  const outcome = await engine.client.connections.start({
    address: smtpAddressSchema.parse(address),
    userName,
    password,
    ewsUrl,
    auth,
    isRemembered: false,
  })
  if (outcome.error) throw new Error(`The engine could not connect: ${JSON.stringify(outcome.error)}`)
  return { engine, file: libraryFile(dataDir, smtpAddressSchema.parse(address)) }
}

async function measureSync(
  engine: EngineHandle,
  { addresses, readsPhotos }: Extract<RollcallCommand, { do: 'sync' }>,
): Promise<MeasuredSync> {
  const watching = new AbortController()
  const events = await engine.client.app.watch(undefined, { signal: watching.signal })
  const known: PhotoUrlQuery[] = []
  const memory = sampleMemory()
  const loop = monitorEventLoopDelay({ resolution: 1 })
  const reading = new AbortController()
  const reads = readsPhotos ? readForPage(engine, known, reading.signal) : Promise.resolve([])
  loop.enable()
  const cpuBefore = process.cpuUsage()
  const startMs = performance.now()
  const id = await engine.client.photos.startSync({
    scope: { of: scopeOf(addresses), except: [] },
    sizeCodes: ['HR648x648'],
  })
  // Remembering 100,000 of them would be memory of the bench, not of Rollcall.
  const job = await whenEnded(events, id, readsPhotos ? known : null)
  const seconds = (performance.now() - startMs) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  loop.disable()
  reading.abort()
  watching.abort()
  const durations = (await reads).toSorted((left, right) => left - right)
  if (job.result?.kind !== 'sync') throw new Error(`The sync ended as ${job.state}: ${JSON.stringify(job.error)}`)
  return {
    report: job.result.report,
    seconds,
    cpuSeconds: (user + system) / 1_000_000,
    peakBytes: memory.peakBytes(),
    hostDelayMs: loop.percentile(99) / 1_000_000,
    photoReadMs: durations[Math.floor(durations.length * 0.99)] ?? null,
    photoReads: durations.length,
  }
}

function scopeOf(addresses: readonly string[] | null): Scope['of'] {
  if (addresses === null) return { kind: 'all' }
  return { kind: 'addresses', addresses: addresses.map((address) => smtpAddressSchema.parse(address)) }
}

async function whenEnded(
  events: Awaited<ReturnType<EngineHandle['client']['app']['watch']>>,
  id: JobId,
  known: PhotoUrlQuery[] | null,
): Promise<Job> {
  for await (const event of events) {
    if (event.type === 'job-changed' && event.job.id === id && event.job.endedMs !== null) return event.job
    if (event.type !== 'photos-changed' || known === null) continue
    for (const { address, photo } of event.rows) {
      if (photo.tile !== null) known.push({ person: address, size: photo.tile.sizeCode, v: photo.tile.contentHash })
    }
  }
  throw new Error('The engine stopped telling.')
}

/** Reads photos that are in the library already, as a page does that is scrolled; answers how long each took (ms). */
async function readForPage(engine: EngineHandle, known: PhotoUrlQuery[], signal: AbortSignal): Promise<number[]> {
  const durations: number[] = []
  for (let turn = 0; !signal.aborted; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, READ_EVERY_MS))
    const query = known[(turn * 7919) % Math.max(1, known.length)]
    if (query === undefined) continue
    const startMs = performance.now()
    const reply = await engine.servePhoto(query, signal)
    if (reply.status !== 200) throw new Error(`A photo was answered with ${reply.status}.`)
    durations.push(performance.now() - startMs)
  }
  return durations
}

function sampleMemory() {
  let peak = process.memoryUsage.rss()
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, SAMPLE_MS)
  return {
    peakBytes() {
      clearInterval(timer)
      return Math.max(peak, process.memoryUsage.rss())
    },
  }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../src/main/core/ports.ts'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import type { EngineOptions, HostCapabilities } from '../../src/main/engine/host-ports.ts'
import type { InProcessEngine } from '../../src/main/engine/session-types.ts'
import { startEngine } from '../../src/main/engine/start-engine.ts'
import { startBrowserHost } from '../../src/main/hosts/browser/start-browser-host.ts'
import type { PeopleQuery } from '../../src/shared/people.ts'
import { NO_FILTER } from '../../src/shared/people.ts'

const PAGE_DIR = join(import.meta.dirname, '..', '..', 'out', 'renderer')

/** Finds everybody, in the order of the names. */
export const EVERYBODY: PeopleQuery = { text: '', filter: NO_FILTER, sort: 'name' }

/** Rollcall in its browser mode, in this process: the real engine, the real host and the built page, in a fresh folder. */
export interface RunningApp {
  readonly exportDir: string
  readonly engine: InProcessEngine
  /** The address to open; its key works once. */
  readonly url: string
  /** Closes everything but the folder, and starts again in it: another engine, another address. */
  restart(): Promise<void>
  /** Closes everything and removes the folder. */
  close(): Promise<void>
}

/**
 * Starts Rollcall against a demo Exchange that the caller keeps, so that a test can script it and ask what it was asked.
 * @param network over what it takes to reach it
 * @param clock what it goes by, in place of the computer's
 */
export async function startApp(
  exchange: DemoExchange,
  open: EngineOptions['open'],
  network: Partial<EngineOptions['network']> = {},
  clock?: Clock,
): Promise<RunningApp> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-app-'))
  const exportDir = join(folder, 'exports')
  const plain = engineOptions(join(folder, 'data'), exchange, open)
  const options = { ...plain, network: { ...plain.network, ...network } }
  const capabilities = hostFor(exchange, exportDir)
  let running = await start(options, capabilities, clock)
  return {
    exportDir,
    get engine() {
      return running.engine
    },
    get url() {
      return running.host.url
    },
    restart: async () => {
      await stop(running)
      running = await start(options, capabilities, clock)
    },
    close: async () => {
      await stop(running)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function start(options: EngineOptions, capabilities: HostCapabilities, clock?: Clock) {
  const engine = await startEngine(options, capabilities, null, clock)
  const host = await startBrowserHost({ engine, pageDir: PAGE_DIR, port: 0 })
  return { engine, host }
}

async function stop({ engine, host }: Awaited<ReturnType<typeof start>>): Promise<void> {
  await host.close()
  await engine.close()
}

function engineOptions(dataDir: string, exchange: DemoExchange, open: EngineOptions['open']): EngineOptions {
  return {
    dataDir,
    appInfo: { version: '0.0.0', host: 'browser', canChooseFolder: false, photoBase: '/photo' },
    network: { extraCaPem: [exchange.caPem], resolveRules: exchange.resolveRules, dnsServer: null, concurrency: null },
    secrets: 'this-run',
    logLevel: 'silent',
    open,
  }
}

function hostFor(exchange: DemoExchange, exportDir: string): HostCapabilities {
  return {
    chooseFolder: async () => exportDir,
    revealFolder: async () => false,
    startDemo: async () => {
      const [account] = exchange.accounts
      if (!account) throw new Error('The demo has no account.')
      const { caPem, ewsUrl, resolveRules } = exchange
      return { ...account, ewsUrl, caPem, network: { resolveRules } }
    },
  }
}

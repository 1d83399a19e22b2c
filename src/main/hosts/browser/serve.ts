import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EngineOptions, HostCapabilities } from '../../engine/host-ports.ts'
import { startEngineWorker } from '../../engine/start-engine-worker.ts'
import { createDemoStarter } from '../demo/create-demo-starter.ts'
import { type BrowserHost, startBrowserHost } from './start-browser-host.ts'

const ENGINE_WORKER = new URL('../../engine/engine-worker.ts', import.meta.url)
const DEMO_WORKER = new URL('../demo/demo-worker.ts', import.meta.url)
const PAGE_DIR = fileURLToPath(new URL('../../../../out/renderer/', import.meta.url))

/** The browser mode as a whole. */
export interface ServeOptions
  extends Pick<EngineOptions, 'dataDir' | 'network' | 'secrets' | 'logLevel' | 'open' | 'oauth'> {
  readonly version: string
  /** 0: any that is free. */
  readonly port: number
  /** How many people the demo organisation has; null: as many as it has by itself. */
  readonly demoPeople: number | null
}

/** Starts the engine in a thread of its own, and the browser mode over it. `close` ends both, and the demo. */
export async function serve(options: ServeOptions): Promise<BrowserHost> {
  const { version, port, demoPeople, ...engineOptions } = options
  const { dataDir } = options
  const demo = createDemoStarter(DEMO_WORKER, { people: demoPeople, cacheDir: join(dataDir, 'demo') })
  const capabilities: HostCapabilities = {
    chooseFolder: async () => join(dataDir, 'exports'),
    revealFolder: async () => false,
    startDemo: demo.start,
  }
  const appInfo = { version, host: 'browser', canChooseFolder: false, photoBase: '/photo' } as const
  const engine = await startEngineWorker(ENGINE_WORKER, { ...engineOptions, appInfo, isRefreshing: true }, capabilities)
  const closeEngine = async (): Promise<void> => {
    await engine.close()
    await demo.close()
  }
  try {
    const host = await startBrowserHost({ engine, pageDir: PAGE_DIR, port })
    return {
      ...host,
      async close() {
        await host.close()
        await closeEngine()
      },
    }
  } catch (error) {
    await closeEngine()
    throw error
  }
}

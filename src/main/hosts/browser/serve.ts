import { join } from 'node:path'
import type { EngineOptions, HostCapabilities } from '../../engine/host-ports.ts'
import { startEngineWorker } from '../../engine/start-engine-worker.ts'
import { createDemoStarter } from '../demo/create-demo-starter.ts'
import { type BrowserHost, startBrowserHost } from './start-browser-host.ts'

/** The browser mode as a whole. */
export interface ServeOptions
  extends Pick<EngineOptions, 'dataDir' | 'network' | 'secrets' | 'logLevel' | 'open' | 'oauth'> {
  /** `engine-worker` and `demo-worker`, as source or as built. */
  readonly engineWorker: URL
  readonly demoWorker: URL
  /** Folder of the built page. */
  readonly pageDir: string
  readonly version: string
  /** 0: any that is free. */
  readonly port: number
  /** How many people the demo organisation has; null: as many as it has by itself. */
  readonly demoPeople: number | null
}

/** Starts the engine in a thread of its own, and the browser mode over it. `close` ends both, and the demo. */
export async function serve(options: ServeOptions): Promise<BrowserHost> {
  const { engineWorker, demoWorker, pageDir, version, port, demoPeople, ...engineOptions } = options
  const { dataDir } = options
  const demo = createDemoStarter(demoWorker, { people: demoPeople, cacheDir: join(dataDir, 'demo') })
  const capabilities: HostCapabilities = {
    chooseFolder: async () => join(dataDir, 'exports'),
    revealFolder: async () => false,
    startDemo: demo.start,
  }
  const appInfo = { version, host: 'browser', canChooseFolder: false, photoBase: '/photo' } as const
  const engine = await startEngineWorker(engineWorker, { ...engineOptions, appInfo, isRefreshing: true }, capabilities)
  const closeEngine = async (): Promise<void> => {
    await engine.close()
    await demo.close()
  }
  try {
    const host = await startBrowserHost({ engine, pageDir, port })
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

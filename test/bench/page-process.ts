import { join } from 'node:path'
import { startEngineWorker } from '../../src/main/engine/start-engine-worker.ts'
import { startBrowserHost } from '../../src/main/hosts/browser/start-browser-host.ts'

// The browser mode in a process of its own, as people have it: the engine in a thread, the built page. Tells its address.

const [dataDir = ''] = process.argv.slice(2)
process.once('disconnect', () => process.exit(0))
const engine = await startEngineWorker(
  new URL('../../src/main/engine/engine-worker.ts', import.meta.url),
  {
    dataDir,
    appInfo: { version: '0.0.0', host: 'browser', canChooseFolder: false, photoBase: '/photo' },
    network: { extraCaPem: [], resolveRules: [], dnsServer: null, concurrency: null },
    secrets: 'this-run',
    logLevel: 'silent',
    open: 'last-or-demo',
  },
  { chooseFolder: async () => null, revealFolder: async () => false, startDemo: null },
)
const pageDir = join(import.meta.dirname, '..', '..', 'out', 'renderer')
const host = await startBrowserHost({ engine, pageDir, port: 0 })
process.send?.(host.url)

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packageFile from '../../package.json' with { type: 'json' }
import type { CommandLineParts } from './hosts/cli/command-context.ts'
import { EXIT } from './hosts/cli/exit-codes.ts'
import { oauthOf } from './hosts/cli/oauth-options.ts'
import { runCommandLine } from './hosts/cli/run-command-line.ts'

const besides = (path: string): URL => new URL(path, import.meta.url)

/** Files that are opened by their address: beside this one when it is built, else where they are written. */
const PLACES = import.meta.url.endsWith('.ts')
  ? {
      engineWorker: besides('./engine/engine-worker.ts'),
      demoWorker: besides('./hosts/demo/demo-worker.ts'),
      pageDir: fileURLToPath(besides('../../out/renderer/')),
    }
  : {
      engineWorker: besides('./engine-worker.js'),
      demoWorker: besides('./demo-worker.js'),
      pageDir: fileURLToPath(besides('../renderer/')),
    }

/** The command line's entry: puts the hosts together, which know nothing of each other. What a command needs is loaded then. */
const parts: CommandLineParts = {
  version: packageFile.version,
  async startDemo({ people, dataDir }) {
    const { createDemoStarter } = await import('./hosts/demo/create-demo-starter.ts')
    const starter = createDemoStarter(PLACES.demoWorker, { people, cacheDir: join(dataDir, 'demo') })
    return { connection: await starter.start(), close: starter.close }
  },
  async startDemoAlone({ people, port, dataDir }) {
    const { startDemoExchange } = await import('./demo/start-demo-exchange.ts')
    const cacheDir = join(dataDir, 'demo')
    const demo = await startDemoExchange({ port, cacheDir, ...(people === null ? {} : { people }) })
    const resolve = demo.resolveRules.map((rule) => `${rule.host}:${rule.port}:${rule.toAddress}:${rule.toPort}`)
    return { port: demo.port, resolve, caPem: demo.caPem, accounts: demo.accounts, close: () => demo.close() }
  },
  async startServing({ options, extraCaPem, port }) {
    const { serve } = await import('./hosts/browser/serve.ts')
    const { dataDir, resolve: resolveRules, dnsServer = null, concurrency = null, logLevel, people = null } = options
    return serve({
      ...PLACES,
      ...{ version: packageFile.version, port, dataDir, logLevel, demoPeople: people, secrets: 'os-store' },
      network: { extraCaPem, resolveRules, dnsServer, concurrency },
      oauth: oauthOf(options, 'browser'),
      open: options.demo ? 'demo' : 'last-or-demo',
    })
  },
}

const interrupt = new AbortController()
let interruptions = 0
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    interruptions += 1
    // The first one ends the work in order; a second one means it.
    if (interruptions > 1) process.exit(EXIT.interrupted)
    interrupt.abort()
  })
}

const { stdin, stdout, stderr } = process
const args = process.argv.slice(2)
process.exit(await runCommandLine({ args, stdin, stdout, stderr, signal: interrupt.signal, parts }))

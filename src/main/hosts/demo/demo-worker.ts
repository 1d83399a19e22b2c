import { parentPort, workerData } from 'node:worker_threads'
import { startDemoExchange } from '../../demo/start-demo-exchange.ts'
import type { DemoFromWorker, DemoWorkerStart } from './demo-worker-protocol.ts'

/** The entry of the demo Exchange's thread; `createDemoStarter` starts it, and nothing else does. */
if (parentPort === null) throw new Error('the demo worker is not started by itself')
const port = parentPort
const tell = (message: DemoFromWorker): void => port.postMessage(message)

const { people, cacheDir } = workerData as DemoWorkerStart
const demo = await startDemoExchange({ cacheDir, ...(people === null ? {} : { people }) })
// The only message there is: close.
port.once('message', () => {
  void demo.close().finally(() => port.close())
})
const { ewsUrl, caPem, resolveRules } = demo
const [account] = demo.accounts
if (account === undefined) throw new Error('the demo organisation has no account')
tell({ ...account, ewsUrl, caPem, network: { resolveRules } })

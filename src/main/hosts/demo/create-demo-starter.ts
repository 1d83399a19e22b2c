import { Worker } from 'node:worker_threads'
import type { DemoConnection } from '../../engine/host-ports.ts'
import type { DemoFromWorker, DemoToWorker, DemoWorkerStart } from './demo-worker-protocol.ts'

/** The demo Exchange of a host, in a thread of its own: drawing photos must slow down neither the engine nor a window. */
export interface DemoStarter {
  /** Starts it when it is first needed; the same demo from then on. Rejects when it cannot be started. */
  start(): Promise<DemoConnection>
  /** Ends it, if it was started. */
  close(): Promise<void>
}

/** @param workerUrl `demo-worker` as source or as built */
export function createDemoStarter(workerUrl: URL, workerData: DemoWorkerStart): DemoStarter {
  let running: ReturnType<typeof runDemo> | null = null
  return {
    start() {
      running ??= runDemo(workerUrl, workerData)
      return running.connection
    },
    async close() {
      await running?.close()
    },
  }
}

function runDemo(workerUrl: URL, workerData: DemoWorkerStart) {
  const worker = new Worker(workerUrl, { workerData })
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve())
  })
  const connection = new Promise<DemoConnection>((resolve, reject) => {
    worker.once('message', (message: DemoFromWorker) => resolve(message))
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the demo’s thread ended with code ${code}`)))
  })
  return {
    connection,
    async close() {
      const isUp = await connection.then(
        () => true,
        () => false,
      )
      const message: DemoToWorker = 'close'
      if (isUp) worker.postMessage(message)
      await exited
    },
  }
}

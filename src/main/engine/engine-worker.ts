import { parentPort, workerData } from 'node:worker_threads'
import { runEngineWorker } from './run-engine-worker.ts'
import type { WorkerStart } from './worker-protocol.ts'

/** The entry of the engine's thread; `startEngineWorker` starts it, and nothing else does. */
if (parentPort === null) throw new Error('the engine worker is not started by itself')
await runEngineWorker(parentPort, workerData as WorkerStart)

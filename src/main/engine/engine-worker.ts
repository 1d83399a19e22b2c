import { parentPort, workerData } from 'node:worker_threads'
import type { PhotoReaderStart } from './photo-reader-protocol.ts'
import type { WorkerStart } from './worker-protocol.ts'

/** The entry of the engine's threads, each of which loads only what it needs; `startEngineWorker` starts them, and nothing else does. */
if (parentPort === null) throw new Error('the engine worker is not started by itself')
const start = workerData as WorkerStart | PhotoReaderStart
if (start.role === 'engine') {
  const { runEngineWorker } = await import('./run-engine-worker.ts')
  await runEngineWorker(parentPort, start)
} else {
  const { runPhotoReader } = await import('./run-photo-reader.ts')
  runPhotoReader(parentPort, start)
}

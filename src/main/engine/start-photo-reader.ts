import { type MessagePort, Worker } from 'node:worker_threads'
import type { PhotoUrlQuery } from '../../shared/photo-url.ts'
import type { PhotoReply } from './host-ports.ts'
import type {
  EngineToReader,
  HostToReader,
  PhotoReaderStart,
  ReaderToEngine,
  ReaderToHost,
} from './photo-reader-protocol.ts'

/** Memory for young objects (MB): it holds one picture after the other. */
const YOUNG_MB = 8

/** The host's end of the thread that reads photos. */
export interface PhotoReaderThread {
  /** Null: the engine has to be asked. The first question starts the thread, and is not answered by it. */
  serve(query: PhotoUrlQuery): Promise<PhotoReply | null>
  close(): void
}

/**
 * Keeps the thread that reads photos: a host that shows none never starts it. Until then the engine's messages to it are
 * answered here.
 * @param workerUrl the engine's
 */
export function createPhotoReaderThread(workerUrl: URL, enginePort: MessagePort): PhotoReaderThread {
  const waiting = new Map<number, (reply: PhotoReply | null) => void>()
  let opened: PhotoReaderStart['opened'] = null
  let thread: Worker | null = null
  let isReady = false
  let lastId = 0

  function keep(message: EngineToReader): void {
    opened = message.type === 'open' ? message : null
    if (message.type === 'close') enginePort.postMessage({ type: 'closed' } satisfies ReaderToEngine)
  }

  function start(): Worker {
    enginePort.off('message', keep)
    const workerData: PhotoReaderStart = { role: 'photo-reader', enginePort, opened }
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB }
    const started = new Worker(workerUrl, { workerData, transferList: [enginePort], resourceLimits })
    started.on('message', (message: ReaderToHost) => {
      if (message.type === 'ready') isReady = true
      else waiting.get(message.id)?.(message.reply)
    })
    // Without it the engine answers everything, as it could all along.
    started.on('error', onGone)
    started.on('exit', onGone)
    return started
  }

  function onGone(): void {
    isReady = false
    for (const resolve of [...waiting.values()]) resolve(null)
  }

  enginePort.on('message', keep)
  return {
    serve(query) {
      thread ??= start()
      if (!isReady) return Promise.resolve(null)
      lastId += 1
      const id = lastId
      thread.postMessage({ id, query } satisfies HostToReader)
      return new Promise((resolve) => {
        waiting.set(id, (reply) => {
          waiting.delete(id)
          resolve(reply)
        })
      })
    },
    close() {
      if (thread === null) enginePort.close()
      else void thread.terminate()
    },
  }
}

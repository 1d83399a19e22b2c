import type { MessagePort } from 'node:worker_threads'
import type { EngineToReader, ReaderToEngine } from './photo-reader-protocol.ts'

/** The engine's end of the thread that reads photos. */
export interface PhotoReaderLink {
  /** Tells which library is open now. */
  open(file: string, key: Uint8Array | null): void
  /** Resolves when the thread has let the file go; it must not be closed, moved or removed before. */
  close(): Promise<void>
}

/** @param port null where the host has no such thread */
export function createPhotoReaderLink(port: MessagePort | null): PhotoReaderLink {
  let isGone = port === null
  let closing: PromiseWithResolvers<void>[] = []

  function settle(): void {
    const settled = closing
    closing = []
    for (const one of settled) one.resolve()
  }

  port?.on('message', (_message: ReaderToEngine) => settle())
  port?.once('close', () => {
    isGone = true
    settle()
  })
  const tell = (message: EngineToReader): void => port?.postMessage(message)

  return {
    open(file, key) {
      if (!isGone) tell({ type: 'open', file, key })
    },
    async close() {
      if (isGone) return
      const closed = Promise.withResolvers<void>()
      closing.push(closed)
      tell({ type: 'close' })
      await closed.promise
    },
  }
}

import type { MessagePort } from 'node:worker_threads'
import type { PhotoUrlQuery } from '../../shared/photo-url.ts'
import { openPhotoReader, type PhotoReader } from '../store/open-photo-reader.ts'
import { createLog } from '../system/log.ts'
import { ownBody } from './own-body.ts'
import type {
  EngineToReader,
  HostToReader,
  PhotoReaderStart,
  ReaderToEngine,
  ReaderToHost,
} from './photo-reader-protocol.ts'
import { servePinned } from './serve-photo.ts'

/**
 * Answers pinned photos for the page in a thread of its own, so that a grid which is scrolled never waits for what the engine
 * is just doing. It knows nothing that the library does not hold, and whatever it cannot answer the engine is asked for.
 */
export function runPhotoReader(host: MessagePort, { enginePort, opened }: PhotoReaderStart): void {
  const log = createLog({ level: 'silent' })
  let reader: PhotoReader | null = null

  function answer(query: PhotoUrlQuery) {
    if (reader === null || query.v === undefined) return null
    try {
      const reply = servePinned(reader.photos, query, query.v)
      return reply.status === 200 ? reply : null
    } catch {
      return null
    }
  }

  function close(): void {
    reader?.close()
    reader = null
  }

  function open({ file, key }: NonNullable<PhotoReaderStart['opened']>): void {
    close()
    reader = openPhotoReader(file, key, log)
  }

  if (opened !== null) open(opened)
  enginePort.on('message', (message: EngineToReader) => {
    if (message.type === 'open') return open(message)
    close()
    enginePort.postMessage({ type: 'closed' } satisfies ReaderToEngine)
  })
  enginePort.once('close', () => {
    close()
    host.close()
  })
  host.on('message', ({ id, query }: HostToReader) => {
    const reply = answer(query)
    const owned = reply === null ? { reply, transfer: [] } : ownBody(reply)
    host.postMessage({ type: 'reply', id, reply: owned.reply } satisfies ReaderToHost, owned.transfer)
  })
  host.postMessage({ type: 'ready' } satisfies ReaderToHost)
}

import type { MessagePort } from 'node:worker_threads'
import type { PhotoUrlQuery } from '../../shared/photo-url.ts'
import type { PhotoReply } from './host-ports.ts'

/** What the thread that reads photos is started with: the port to the engine. The host uses the worker's own. */
export interface PhotoReaderStart {
  readonly role: 'photo-reader'
  readonly enginePort: MessagePort
  /** The library that is open already. */
  readonly opened: Extract<EngineToReader, { type: 'open' }> | null
}

/** From the engine: which library is open. `close` is answered with `closed` when the file is let go. */
export type EngineToReader =
  | { readonly type: 'open'; readonly file: string; readonly key: Uint8Array | null }
  | { readonly type: 'close' }

export type ReaderToEngine = { readonly type: 'closed' }

/** From the host: a question for a pinned photo. */
export interface HostToReader {
  readonly id: number
  readonly query: PhotoUrlQuery
}

/** `ready`: questions can be sent. A reply of null: the engine has to be asked. */
export type ReaderToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'reply'; readonly id: number; readonly reply: PhotoReply | null }

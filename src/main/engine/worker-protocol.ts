import type { MessagePort } from 'node:worker_threads'
import type { SignInPrompt } from '../../shared/connections.ts'
import type { PhotoUrlQuery } from '../../shared/photo-url.ts'
import type { DemoConnection, EngineOptions, PhotoReply } from './host-ports.ts'

/** What a worker thread is started with. The contract has a port of its own; the rest goes over the worker's own. */
export interface WorkerStart {
  readonly role: 'engine'
  readonly options: EngineOptions
  readonly hasDemo: boolean
  readonly canResolveProxy: boolean
  readonly canCopyPicture: boolean
  readonly contractPort: MessagePort
  /** To the thread that reads photos. */
  readonly readerPort: MessagePort
}

/** From the host's thread. */
export type ToWorker =
  | { readonly type: 'photo'; readonly id: number; readonly query: PhotoUrlQuery }
  | { readonly type: 'photo-abort'; readonly id: number }
  | { readonly type: 'connect-port'; readonly port: MessagePort }
  | { readonly type: 'host-answer'; readonly id: number; readonly answer: HostAnswer }
  | { readonly type: 'close' }

/** From the engine's thread. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'photo-reply'; readonly id: number; readonly reply: PhotoReply }
  | { readonly type: 'host-call'; readonly id: number; readonly call: HostCall }
  | { readonly type: 'closed' }

/** A capability of the host, asked for across the threads. */
export type HostCall =
  | { readonly name: 'chooseFolder' }
  | { readonly name: 'revealFolder'; readonly folder: string }
  | { readonly name: 'showSignIn'; readonly prompt: SignInPrompt }
  | { readonly name: 'startDemo' }
  | { readonly name: 'resolveProxy'; readonly url: string }
  | { readonly name: 'copyPicture'; readonly bytes: Uint8Array }

/** What the host answered; `failed` where the call threw, which is a bug of the host's. */
export type HostAnswer =
  | { readonly kind: 'value'; readonly value: string | boolean | DemoConnection | null }
  | { readonly kind: 'failed'; readonly message: string }

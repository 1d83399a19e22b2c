import type { DemoConnection } from '../../engine/host-ports.ts'

/** What the demo's thread is started with. */
export interface DemoWorkerStart {
  /** Ordinary mailboxes; null: as many as the demo has by itself. */
  readonly people: number | null
  /** Folder where drawn photos are kept. */
  readonly cacheDir: string
}

/** What the demo's thread says, once: how to connect to it. */
export type DemoFromWorker = DemoConnection

/** What it is told, once. */
export type DemoToWorker = 'close'

import type { Readable } from 'node:stream'
import type { DemoConnection } from '../../engine/host-ports.ts'
import type { GlobalOptions } from './global-options.ts'
import type { Output } from './output.ts'

/** Something that runs until it is closed. */
export interface Closable {
  close(): Promise<void>
}

/** The demo Exchange alone, as `demo` tells of it. */
export interface DemoAlone extends Closable {
  readonly port: number
  /** `HOST:PORT:ADDRESS:PORT`, as `--resolve` takes it. */
  readonly resolve: readonly string[]
  readonly caPem: string
  readonly accounts: readonly { readonly address: string; readonly userName: string; readonly password: string }[]
}

/** What `serve` needs to start the browser mode. */
export interface ServeRequest {
  readonly options: GlobalOptions
  /** PEM texts of `--ca-file`. */
  readonly extraCaPem: readonly string[]
  /** 0: any that is free. */
  readonly port: number
}

/** What the command line is put together from: hosts never import each other, so the entry file passes these in. */
export interface CommandLineParts {
  readonly version: string
  /** Starts the demo organisation for this run's engine. */
  startDemo(options: { people: number | null; dataDir: string }): Promise<Closable & { connection: DemoConnection }>
  /** Starts the demo Exchange for others to talk to. */
  startDemoAlone(options: { people: number | null; port: number; dataDir: string }): Promise<DemoAlone>
  /** Starts the browser mode. `url` holds the one-time key. */
  startServing(request: ServeRequest): Promise<Closable & { url: string; port: number }>
}

/** What every command is given. */
export interface CommandContext {
  readonly options: GlobalOptions
  readonly output: Output
  /** Aborted by Ctrl+C, and when nobody reads stdout any more. */
  readonly signal: AbortSignal
  readonly stdin: Readable
  readonly parts: CommandLineParts
}

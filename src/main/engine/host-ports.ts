import type { SignInPrompt } from '../../shared/connections.ts'
import type { AppInfo } from '../../shared/contract/app.ts'
import type { EngineClient } from '../../shared/contract/index.ts'
import type { PhotoUrlQuery } from '../../shared/photo-url.ts'
import type { OAuthSettings } from '../../shared/settings.ts'
import type { NetworkOptions, SignInPrompter } from '../core/connections/ports.ts'

/** What a host does for the engine. */
export interface HostCapabilities {
  /** Opens a folder dialog; null when it was closed. Where there is no dialog, answers the fixed folder. */
  chooseFolder(): Promise<string | null>
  /** Shows a folder in the file manager; false where there is none. */
  revealFolder(folder: string): Promise<boolean>
  /**
   * Shows a person where to sign in by OAuth: opens the page in the system's browser (then true), or tells the code. False or
   * absent: this host cannot, and the page shows it instead.
   */
  showSignIn?: (prompt: SignInPrompt) => Promise<boolean>
  /** Puts a picture on the system's clipboard; false where it is of a kind that the clipboard does not take. */
  copyPicture?: (bytes: Uint8Array) => Promise<boolean>
  /** What the system's proxy settings say of an address, as a PAC script would. Absent: this host does not know. */
  resolveProxy?: (url: string) => Promise<string>
  /** Starts the demo Exchange when it is first needed and says how to connect to it. Null: this host has no demo. */
  startDemo: (() => Promise<DemoConnection>) | null
}

/** Everything needed to connect to the demo organisation without typing. */
export interface DemoConnection {
  readonly address: string
  readonly userName: string
  readonly password: string
  readonly ewsUrl: string
  readonly caPem: string
  /** How to reach the demo's names on this machine. */
  readonly network: Pick<NetworkOptions, 'resolveRules'>
}

/** How an engine is started. Plain data, so that it can cross into a worker thread. */
export interface EngineOptions {
  /** Folder for accounts, settings, libraries and the log; made when it is not there. */
  readonly dataDir: string
  readonly appInfo: Omit<AppInfo, 'hasSecretStore'>
  /** Overrides from a command line; null fields mean: as settings and system say. */
  readonly network: {
    readonly extraCaPem: readonly string[]
    readonly resolveRules: NetworkOptions['resolveRules']
    readonly dnsServer: string | null
    /** Fingerprints that are trusted in this run, for every account. */
    readonly pins?: readonly string[]
    readonly concurrency: number | null
    /** How long a server may be silent (ms); left out: a minute. */
    readonly silenceMs?: number
  }
  /** `os-store`: try keytar, else memory. `this-run`: never touch the operating system's store. */
  readonly secrets: 'os-store' | 'this-run'
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  /** Modern sign-in. Absent: in the system's browser, as the settings say. */
  readonly oauth?: {
    readonly way: SignInPrompter['way']
    /** A command line's word, over the settings. */
    readonly overrides: Partial<OAuthSettings>
  }
  /** Open at the start: the last account in use, else the demo; always the demo; or nothing. */
  readonly open: 'last-or-demo' | 'demo' | 'nothing'
  /** Whether photos are refreshed as the settings say: for hosts that stay open. Absent: no. */
  readonly isRefreshing?: boolean
}

/** A photo's answer for the page: HTTP in small, so that any host can pass it on. */
export interface PhotoReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
}

/** A running engine, in this thread or another: the one thing hosts hold. */
export interface EngineHandle {
  /** A client in this thread. */
  readonly client: EngineClient
  /** Serves the contract to a page over a message port (Electron's or a worker's). */
  connectPort(port: MessagePortLike): void
  /** Answers a photo's address; see `serve-photo`. */
  servePhoto(query: PhotoUrlQuery, signal: AbortSignal): Promise<PhotoReply>
  /** Finishes what must be finished, closes the library and every socket. */
  close(): Promise<void>
}

/** The part of a message port that both Node's and Electron's have. */
export interface MessagePortLike {
  postMessage(message: unknown, transfer?: readonly unknown[]): void
  on(event: 'message' | 'close', listener: (event?: unknown) => void): unknown
  start?(): void
  close?(): void
}

import type { AuthChoice, Endpoints, PhotoRoute, StepEvidence } from '../../../shared/connections.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { DirectorySource } from '../people/ports.ts'
import type { PhotoSource } from '../photos/ports.ts'
import type { Log } from '../ports.ts'

/** A user name as typed (`DOMAIN\user`, a UPN or an address) and its password. Lives in memory only. */
export interface Credentials {
  readonly userName: string
  readonly password: string
}

/** Where Autodiscover may be found, and how it is spoken there. */
export interface AutodiscoverCandidate {
  /**
   * `soap`: GetUserSettings; `pox`: the older XML; `http-redirect`: an unauthenticated GET of which only a redirect counts;
   * `json`: the unauthenticated lookup of Exchange Online, which tells that service the address.
   */
  readonly method: 'soap' | 'pox' | 'http-redirect' | 'json'
  readonly url: string
}

/** URLs as one side of the organisation's network uses them; null where the server names none. No trailing slash. */
export interface NamedUrls {
  readonly ewsUrl: string | null
  readonly photosUrl: string | null
}

/** What a server says of a mailbox. At least one EWS URL is there; all are https. */
export interface FoundSettings {
  readonly external: NamedUrls
  readonly internal: NamedUrls
  /** The Exchange schema version to speak, such as `Exchange2016`. */
  readonly serverVersion: string
}

/** What one candidate answered, named. Redirects are reported, never followed. */
export type AutodiscoverAnswer = { readonly status: number | null; readonly evidence?: StepEvidence } & (
  | { readonly kind: 'settings'; readonly settings: FoundSettings }
  | { readonly kind: 'redirect-url'; readonly url: string }
  | { readonly kind: 'redirect-address'; readonly address: string }
  /** Nothing usable here; `detail` is a sentence. `isSpoken`: the other form of Autodiscover would say no more. */
  | { readonly kind: 'nothing-here'; readonly detail: string; readonly isSpoken?: boolean }
  | { readonly kind: 'failed'; readonly error: AppError }
)

/** What a URL showed when it was asked without credentials. `error`: why nothing came. */
export interface ProbeAnswer {
  readonly status: number | null
  readonly evidence?: StepEvidence
  readonly error: AppError | null
}

/** Speaks Autodiscover to one URL at a time. Never rejects, never follows, never sends credentials over http. */
export interface AutodiscoverClient {
  ask(candidate: AutodiscoverCandidate, address: SmtpAddress, signal: AbortSignal): Promise<AutodiscoverAnswer>
  /** Asks an https URL without credentials, to see whether it answers and who it is. */
  probe(url: string, signal: AbortSignal): Promise<ProbeAnswer>
}

/** An SRV record's target. */
export interface SrvTarget {
  readonly host: string
  readonly port: number
  readonly priority: number
  readonly weight: number
}

/** Looks up `_autodiscover._tcp`. Answers an empty list when there is none or DNS does not answer. */
export interface SrvResolver {
  resolveSrv(name: string, signal: AbortSignal): Promise<SrvTarget[]>
}

/** An open way to one Exchange server. */
export interface ExchangeSession {
  readonly photos: PhotoSource
  readonly directory: DirectorySource
  /** A cheap authenticated call that proves that the sign-in works; says which scheme was used. */
  signIn(signal: AbortSignal): Promise<Result<{ scheme: string }>>
  close(): Promise<void>
}

/** What is known of an account beside its endpoints, and what its session finds out. */
export interface SessionMemory {
  /** The account's own mailbox: it anchors the session to a server (`X-AnchorMailbox`). */
  readonly mailbox: SmtpAddress
  /** Null: not found out yet. */
  readonly photoRoute: PhotoRoute | null
  readonly onPhotoRoute: (route: PhotoRoute) => void
}

/** `HOST:PORT` goes to `ADDRESS[:PORT]` instead, like curl's --resolve. The host name stays in TLS and HTTP. */
export interface ResolveRule {
  readonly host: string
  readonly port: number
  readonly toAddress: string
  readonly toPort: number
}

/** How to reach servers; the same for discovery and for the session. */
export interface NetworkOptions {
  /** PEM certificates trusted beside the system's. */
  readonly extraCaPem: readonly string[]
  readonly resolveRules: readonly ResolveRule[]
  /** `ADDRESS:PORT` of a DNS server to ask instead of the system's. */
  readonly dnsServer: string | null
  /** Sockets to one server, at most. */
  readonly concurrency: number
  readonly maxPhotoBytes: number
  /** How long a server may be silent in the middle of a request (ms); left out: a minute. */
  readonly silenceMs?: number | undefined
  readonly log: Log
  /** Hears of every answer, and may read what the wire showed; for the connection doctor only. */
  readonly observe?: (read: () => StepEvidence) => void
}

/** The adapter to Exchange: what the engine is given. */
export interface ExchangeConnector {
  createAutodiscoverClient(
    credentials: Credentials,
    auth: AuthChoice,
    network: NetworkOptions,
  ): AutodiscoverClient & SrvResolver & { close(): Promise<void> }
  openSession(
    endpoints: Endpoints,
    credentials: Credentials,
    auth: AuthChoice,
    network: NetworkOptions,
    memory?: SessionMemory,
  ): ExchangeSession
}

/** Where passwords are kept. Never throws for a missing entry. */
export interface SecretStore {
  /** `os-store` survives the run; `this-run` does not. */
  readonly kind: 'os-store' | 'this-run'
  read(account: string): Promise<string | null>
  write(account: string, secret: string): Promise<void>
  remove(account: string): Promise<void>
}

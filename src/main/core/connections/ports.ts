import type { AuthChoice, Endpoints, PhotoRoute, SignInPrompt, StepEvidence } from '../../../shared/connections.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { DirectorySource } from '../people/ports.ts'
import type { PhotoSource } from '../photos/ports.ts'
import type { Log } from '../ports.ts'

/**
 * A certificate with its private key, by which this computer proves to a server whose it is. A secret; lives in memory only.
 * `pfx`: the file as it is, base64. `pem`: the certificate, its chain if there is one, and the key, not encrypted.
 */
export type ClientCertificate =
  | { readonly kind: 'pfx'; readonly pfx: string; readonly passphrase: string }
  | { readonly kind: 'pem'; readonly certificates: string; readonly key: string }

/** A user name as typed (`DOMAIN\user`, a UPN or an address) and its password. Lives in memory only. */
export interface Credentials {
  readonly userName: string
  readonly password: string
  /** Where access tokens come from, for servers that take those; absent: nowhere. */
  readonly tokens?: TokenSource
  /** Kerberos, for servers that offer Negotiate; absent: not on this machine. */
  readonly tickets?: TicketSource
  /** Shown to servers that ask for one in TLS, and that may have the password; absent: none. */
  readonly clientCertificate?: ClientCertificate
}

/** What a server says of who issues its tokens; the answer to an empty Bearer. @see protocol.md 4.2; MS-OXPROTO */
export interface BearerRealm {
  /** The sign-in page's address, as sent: not to be trusted yet. */
  readonly authorizationUri: string | null
  /** The tenant of the first issuer that it trusts. */
  readonly tenant: string | null
}

/** A question for an access token. */
export interface TokenRequest {
  /** The server that the token is for. https. */
  readonly origin: URL
  /** The token that the server refused: another one is wanted. Null: the one at hand will do. */
  readonly refused: string | null
  /** Asks the server who issues its tokens; called at most once, when it must be known. Null: it does not say. */
  readonly askRealm: () => Promise<BearerRealm | null>
  readonly signal: AbortSignal
}

/**
 * Access tokens of one account (OAuth 2.0), refreshed without anybody's help for as long as the provider allows it. Never
 * rejects. Fails with `unauthorized` (`no-client-id`, `sign-in-again`), `oauth-failed`, `unreachable`,
 * `certificate-untrusted` or `cancelled`.
 */
export interface TokenSource {
  token(request: TokenRequest): Promise<Result<string>>
}

/** Where and as what to sign in. */
export interface OAuthPlan {
  readonly clientId: string
  /** The sign-in server: https, without a trailing slash. */
  readonly authority: string
  /** How it speaks: Microsoft's clouds, AD FS, or any other OpenID provider. */
  readonly kind: 'entra' | 'adfs' | 'openid'
  /** What to ask for, as it is set; empty: EWS by the server's name. */
  readonly scope: string
}

/** Decides how one account signs in. */
export interface OAuthPlanner {
  /** Whether the Exchange server has to be asked who issues its tokens: it is not set, and does not follow from its name. */
  needsRealm(origin: URL): boolean
  /**
   * @param origin the server that wants a token
   * @param realm what that server says of its issuer; null: nothing, or it was not asked
   * @returns fails with `unauthorized` (`no-client-id`) and `oauth-failed` (`authority-not-trusted`)
   */
  plan(origin: URL, realm: BearerRealm | null): Result<OAuthPlan>
  scopesFor(plan: OAuthPlan, origin: URL): string[]
}

/** Asks a person to sign in. */
export interface SignInPrompter {
  /** `browser`: the system's browser on this machine; `device-code`: any browser, with a code to type. */
  readonly way: 'browser' | 'device-code'
  /** Shows where to sign in; null: that is over. */
  show(prompt: SignInPrompt | null): Promise<void>
}

/** Where the tokens of one account are kept: one text, a secret. Neither rejects. */
export interface TokenVault {
  read(): Promise<string | null>
  write(text: string): Promise<void>
}

/** What came of asking for a Kerberos ticket for a server. */
export type TicketAnswer =
  | {
      readonly kind: 'ticket'
      /** What follows `Negotiate` in the header: base64. */
      readonly token: string
      /** Whether the server's answer proves that it holds the service's key (mutual authentication). */
      isProvenBy(serverToken: string): Promise<boolean>
    }
  /** No ticket of a logged-on user, no service of that name, or no Kerberos on this machine. */
  | { readonly kind: 'no-ticket' }
  /** A person has not agreed yet to sign in to this host without typing a password. */
  | { readonly kind: 'not-agreed' }

/** Kerberos tickets: of the user who is logged on to this machine, or by password where the system can do that. */
export interface TicketSource {
  /** Whether `begin` makes use of a typed password; elsewhere there has to be a ticket already. */
  readonly canUsePassword: boolean
  /** Asks for a ticket for `HTTP` at this host. Never rejects. */
  begin(host: string, credentials: Pick<Credentials, 'userName' | 'password'>): Promise<TicketAnswer>
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
  /**
   * Asks an https URL without a password, to see whether it answers and who it is.
   * @param isTrusted the host may have the credentials: it is shown the client certificate where it asks for one
   */
  probe(url: string, signal: AbortSignal, isTrusted?: boolean): Promise<ProbeAnswer>
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
  /**
   * A cheap authenticated call that proves that the sign-in works; says which scheme was used, and whether it was Exchange
   * Online that answered.
   */
  signIn(signal: AbortSignal): Promise<Result<{ scheme: string; isExchangeOnline?: boolean }>>
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
  /** SHA-256 fingerprints of certificates that a person trusts whoever issued them: a CA's, or a server's own. Hexadecimal. */
  readonly pins?: readonly string[]
  /** The proxy to go through; null: none. Its user info, if any, is for the proxy. Absent: never one. */
  readonly proxyFor?: (url: URL) => Promise<URL | null>
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

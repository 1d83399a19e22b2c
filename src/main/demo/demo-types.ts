import type { FindingCode, MailboxKind, PhotoState } from '../../shared/people.ts'
import type { SizeCode } from '../../shared/size-codes.ts'
import type { ResolveRule } from '../core/connections/ports.ts'
import type { DemoAutodiscoverScript } from './autodiscover/scripted-answers.ts'

export type { DemoAutodiscoverAnswer, DemoAutodiscoverScript } from './autodiscover/scripted-answers.ts'

/** How to sign in: what the server offers in `WWW-Authenticate`. */
export type DemoScheme = 'ntlm' | 'bearer' | 'basic'

/** How the demo organisation is made. */
export interface DemoOptions {
  /** Ordinary mailboxes; rooms, equipment, shared mailboxes and lists come on top. Default 2,000. */
  readonly people?: number
  /** The same seed gives the same organisation and the same pictures. */
  readonly seed?: string
  /** Port on 127.0.0.1; 0: any that is free (default). */
  readonly port?: number
  /** Folder where drawn photos and the certificate are kept; null: nothing is kept (default). */
  readonly cacheDir?: string | null
  /** Refuse NTLM without a channel binding, as with Extended Protection set to Require. Default false: Allow. */
  readonly requireChannelBinding?: boolean
  /** Whether FindPeople gives later pages; false: always the first one. Default true. */
  readonly isFindPeoplePaged?: boolean
  /** Names under which the server is reached as well, and which its certificate is good for. Default none. */
  readonly extraHosts?: readonly string[]
  /** What is offered at sign-in, in this order. Default NTLM, Basic. */
  readonly schemes?: readonly DemoScheme[]
  /** What Bearer is measured by, where it is among the schemes. */
  readonly bearer?: DemoBearer
}

/** Who issues the access tokens that the demo takes, and which of them are good. */
export interface DemoBearer {
  /** Told with the challenge, as a server with hybrid modern authentication does; null: not told. */
  readonly authorizationUri: string | null
  accepts(token: string): Promise<boolean>
}

/** A directory entry of the demo organisation. Absent facts are empty strings. */
export interface DemoPerson {
  readonly address: string
  readonly displayName: string
  readonly givenName: string
  readonly surname: string
  readonly alias: string
  readonly title: string
  readonly department: string
  readonly office: string
  readonly company: string
  /** Display name of the manager. */
  readonly manager: string
  readonly managerAddress: string
  readonly phones: readonly { readonly label: 'BusinessPhone' | 'MobilePhone'; readonly number: string }[]
  readonly kind: MailboxKind
  /** Addresses of a list's members; empty for everything else. */
  readonly members: readonly string[]
}

/** Somebody who can sign in. */
export interface DemoAccount {
  readonly address: string
  /** `FJORDLINE\user`; the address and the bare user name are accepted, too. */
  readonly userName: string
  readonly password: string
}

/** True size of a picture, px. */
export interface DemoPixels {
  readonly widthPx: number
  readonly heightPx: number
}

/** The odd cases that an audit must find or tell apart; `plain` is none of them. */
export const PHOTO_CASES = [
  'plain',
  'not-square',
  'same-picture',
  'logo',
  'truncated',
  'png-as-jpeg',
  'empty',
  'directory-differs',
  'location',
  'huge',
] as const
export type PhotoCase = (typeof PHOTO_CASES)[number]

/** What an honest audit has to say of one mailbox. */
export interface DemoTruth {
  readonly address: string
  readonly kind: MailboxKind
  readonly state: PhotoState
  readonly findings: readonly FindingCode[]
  readonly photoCase: PhotoCase
  /** What HR648x648 is answered with; null: 404. An empty answer has 0 × 0 px. */
  readonly largest: DemoPixels | null
  /** The directory thumbnail; null: there is none. */
  readonly thumbnail: DemoPixels | null
}

/** A photo as it is served. */
export interface DemoPhoto {
  readonly bytes: Uint8Array
  readonly contentType: string
  /** With its quotes. */
  readonly etag: string
}

/** A request as the server saw it. A request that was only challenged or refused (401) has the operation `SignIn`. */
export interface DemoRequest {
  readonly operation: string
  readonly method: string
  /** The host that was asked, in lower case. */
  readonly host: string
  /** Whether the request carried an Authorization header. */
  readonly hasCredentials: boolean
  /** Path without the query. */
  readonly path: string
  /** Null when the connection was reset instead of an answer. */
  readonly status: number | null
  readonly address?: string
  readonly sizeCode?: string
  readonly ifNoneMatch?: string
  /** What ties requests of one session together, as far as it was sent. */
  readonly clientRequestId?: string
  readonly anchorMailbox?: string
  readonly cookie?: string
  readonly scheme: DemoScheme | 'none'
  /** Counts the TLS connections from 1. */
  readonly connectionId: number
  /** Milliseconds since the demo started. */
  readonly atMs: number
}

/** How a server says that it is busy. */
export interface DemoBusyAnswer {
  readonly status: 503 | 429
  /** Null: without a Retry-After header. */
  readonly retryAfterSeconds: number | null
  /** How many requests get this answer. Default 1. */
  readonly count?: number
}

/** How a server or the proxy before it refuses photos by plain GET: a status, a redirect to the mail pages, or a page. */
export type DemoPhotoRefusal = 405 | 501 | 'owa' | 'html'

/** What EWS at a host says once the mailboxes have left it: go there; nothing is here any more; a move is under way. */
export type DemoMoved =
  | { readonly kind: 'redirect'; readonly toHost: string }
  | { readonly kind: 'gone'; readonly status: 404 | 410 }
  | { readonly kind: 'moving' }

/** What may become of a photo's answer on its way. `drip`, `gzip`, `chunked` and `http-1.0` bring it all the same. */
export const DEMO_SPOILS = [
  'reset-in-head',
  'reset-in-body',
  'wrong-length',
  'http-1.0',
  'http-1.0-cut',
  'stall',
  'drip',
  'gzip',
  'chunked',
  'redirect',
  'html',
  'endless',
] as const
export type DemoSpoil = (typeof DEMO_SPOILS)[number]

/** What tests and the bench do to the server. Faults hit signed-in requests under /EWS, photos and SOAP alike. */
export interface DemoScript {
  /** Gives the mailbox a new photo of full size, and the directory its thumbnail. */
  changePhoto(address: string): void
  /** Takes the mailbox's photo and its thumbnail away. */
  removePhoto(address: string): void
  /** Lets `after` more requests pass, then answers busy. */
  answerBusyAfter(after: number, answer: DemoBusyAnswer): void
  /** Lets `after` more requests pass, then resets the connection `count` times (default 1). */
  resetAfter(after: number, count?: number): void
  /** Waits this long before each answer. */
  setLatencyMs(latencyMs: number): void
  /** Answers 200 with bytes that are no picture, or with a sign-in page, for this mailbox's photos. */
  sendGarbageFor(address: string, kind?: 'bytes' | 'html'): void
  /** Refuses every photo that is asked for by plain GET; SOAP goes on. */
  refusePlainPhotos(refusal: DemoPhotoRefusal): void
  /** Mailboxes leave this host: EWS there says so from now on. Autodiscover is not changed by it. */
  leaveHost(host: string, how: DemoMoved): void
  /** Refuses every sign-in from now on, that of open connections too: as after the password was changed elsewhere. */
  refuseSignIns(): void
  /** Spoils this part (0 to 1) of all photo answers from now on, each in one of these ways; the same seed, the same row of faults. */
  spoilPhotos(part: number, ways: readonly DemoSpoil[], seed?: string): void
  /** From the next connection on: another certificate, of a CA that nobody trusts, or a handshake that ends in an alert. */
  breakTls(how: 'other-certificate' | 'alert' | null): Promise<void>
  /** Autodiscover answers this at that host, in place of the truth. The last script for a host and service wins. */
  answerAutodiscover(script: DemoAutodiscoverScript): void
  /** Ends all faults and scripted answers. Changed and removed photos stay so. */
  clear(): void
}

/** A running demo organisation. */
export interface DemoExchange {
  /** `https://mail.fjordline.example`; reached through `resolveRules`. */
  readonly url: string
  readonly ewsUrl: string
  /** The port on 127.0.0.1 that it really listens on. */
  readonly port: number
  /** The throw-away CA's certificate. */
  readonly caPem: string
  /** An ordinary helpdesk user first. */
  readonly accounts: readonly DemoAccount[]
  readonly resolveRules: readonly ResolveRule[]
  /** Every directory entry, lists included. */
  readonly people: readonly DemoPerson[]
  /** By the plan of the pictures, changes by the script included; nothing is drawn for it. */
  truth(): DemoTruth[]
  /** What is served for this question: the bytes to compare with. Null: 404. */
  photo(address: string, sizeCode: SizeCode): Promise<DemoPhoto | null>
  readonly script: DemoScript
  /** The last 200,000 requests, oldest first; of one operation when it is named. */
  requests(operation?: string): DemoRequest[]
  /** Forgets the requests so far. */
  clearRequests(): void
  /** TLS connections accepted since the start. */
  connections(): number
  /** Sign-ins refused since the start because of a wrong name, password, MIC or channel binding. */
  failedLogons(): number
  close(): Promise<void>
}

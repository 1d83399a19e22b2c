import type { StepEvidence } from '../../../shared/connections.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { LdapServer } from '../../../shared/ldap.ts'
import type { Person } from '../../../shared/people.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { Credentials, NetworkOptions } from '../connections/ports.ts'

/** Bytes both ways over one open connection. Nothing of it throws. */
export interface ByteChannel {
  write(bytes: Uint8Array): void
  /** @param listener hears of all that comes; set once, before anything can come */
  onBytes(listener: (bytes: Uint8Array) => void): void
  /** @param listener is called once, when either side has closed it */
  onClosed(listener: () => void): void
  close(): void
}

/** A connection that is wanted. */
export interface DialRequest {
  readonly host: string
  readonly port: number
  /** How errors name the server. */
  readonly endpoint: string
  readonly network: NetworkOptions
  /** How long it may take, the handshake included (ms). */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /**
   * What is spoken in the clear before the handshake (StartTLS). False: the server does not want to be encrypted, which is
   * `unreachable` with the reason `STARTTLS_REFUSED`.
   */
  readonly beforeTls?: (plain: ByteChannel) => Promise<boolean>
}

/** Fails with `unreachable`, `certificate-untrusted` or `cancelled`. */
export type DialOutcome =
  | { readonly kind: 'open'; readonly channel: ByteChannel; readonly evidence: StepEvidence }
  | { readonly kind: 'failed'; readonly error: AppError }

/**
 * Opens TLS connections that are no https ones by the very rules of https: the same authorities and pins, the host name always
 * checked, TLS 1.2 at least. No proxy is used: they are for the web. Never rejects.
 */
export interface SecureDialler {
  dial(request: DialRequest): Promise<DialOutcome>
}

/** An LDAP server to ask, and as whom: null asks as nobody. */
export interface LdapTarget {
  readonly server: LdapServer
  readonly network: NetworkOptions
  readonly signIn: Pick<Credentials, 'userName' | 'password'> | null
}

/** The Active Directory domain that this machine's user is logged on to. */
export interface MachineDomain {
  /** Its DNS name. */
  readonly domain: string
  /** The domain controller that let the user in, which is one of the own site; null: not known. */
  readonly logonServer: string | null
}

/** A service connection point of Autodiscover, as the directory holds it. Nothing of it is to be trusted. */
export interface ConnectionPoint {
  readonly keywords: readonly string[]
  /** `serviceBindingInformation`: a URL of Autodiscover, or the LDAP path of another forest. */
  readonly bindings: readonly string[]
}

/** What an LDAP server holds of Autodiscover. */
export type ConnectionPointsAnswer = { readonly evidence?: StepEvidence } & (
  | {
      readonly kind: 'points'
      readonly points: readonly ConnectionPoint[]
      /** The Active Directory site of the server that answered; null: it says none. */
      readonly site: string | null
    }
  | { readonly kind: 'failed'; readonly error: AppError }
)

/** A picture of the directory (`thumbnailPhoto`), and the LDAP URL that it was asked by. */
export interface LdapThumbnail {
  readonly address: SmtpAddress
  readonly bytes: Uint8Array
  readonly askedUrl: string
}

/** A page of people, or of pictures: these come after all people. */
export type LdapPeoplePage =
  | { readonly kind: 'page'; readonly people: readonly Person[]; readonly thumbnails: readonly LdapThumbnail[] }
  | { readonly kind: 'failed'; readonly error: AppError }

export interface LdapPeopleOptions {
  /** With those whom an administrator hid from address lists. */
  readonly isHiddenIncluded: boolean
}

/** Speaks LDAP. Nothing is sent before the connection is encrypted; referrals are never followed. Never rejects. */
export interface LdapConnector {
  /**
   * Reads the service connection points of Autodiscover, as nobody first; signs in only where the server wants that. Fails
   * with `unauthorized`, `unreachable`, `certificate-untrusted`, `throttled`, `unexpected-answer` or `cancelled`.
   * @see protocol.md 2.6
   */
  readConnectionPoints(target: LdapTarget, signal: AbortSignal): Promise<ConnectionPointsAnswer>
  /**
   * Reads everybody who has a mail address, 1,000 a page, and then their thumbnails. Signs in first where there is somebody to
   * sign in as. The last page is the failure, if any; what came before it is good.
   * @see protocol.md 3.4; RFC 2696
   */
  readPeople(target: LdapTarget, options: LdapPeopleOptions, signal: AbortSignal): AsyncIterable<LdapPeoplePage>
}

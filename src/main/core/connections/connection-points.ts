import type { ConnectionStep } from '../../../shared/connections.ts'
import type { AppError } from '../../../shared/errors.ts'
import { type LdapServer, ldapOrigin, parseLdapUrl } from '../../../shared/ldap.ts'
import type { ConnectionPoint, ConnectionPointsAnswer } from '../ldap/ports.ts'
import { describeFailure } from './describe-answer.ts'
import { type HostTrust, isTrustedHost } from './judge-redirect.ts'
import type { StepTeller } from './step-teller.ts'

/** Where service connection points may be. */
export interface ConnectionPointPlaces {
  /** The servers to ask; the next one only where one cannot be reached. */
  readonly servers: readonly LdapServer[]
  /** Whether a person named the server: it then may be given the password. */
  readonly isTyped: boolean
}

/** Reads the points of one server; with the account's credentials only where that is said. */
export type ReadConnectionPoints = (
  server: LdapServer,
  isSignInAllowed: boolean,
  signal: AbortSignal,
) => Promise<ConnectionPointsAnswer>

const POINTER = '67661d7f-8fc4-4fa7-bfac-e1d7794c1f68'
const URL_ENTRY = '77378f46-2c66-4aa9-a6a6-3e7a48b19596'

/** Forests that are followed one after the other, at most. */
const MAX_FORESTS = 3

/** URLs that are asked, at most: a directory could name thousands. */
const MAX_URLS = 20

/** What the points of one server come to. */
export interface SortedPoints {
  /** Autodiscover's URLs: those of the own site, those of no site, those of other sites; each once. */
  readonly urls: readonly string[]
  /** LDAP paths of the forest that holds this mail domain: asked instead. */
  readonly ofDomain: readonly string[]
  /** LDAP paths of forests that are for no domain: asked where there are no URLs. */
  readonly ofNobody: readonly string[]
}

/**
 * Puts points in their order. The own site is that of the server that answers: Windows is let in by one that is near. Keywords
 * are compared without regard to case.
 * @see protocol.md 2.6
 */
export function sortConnectionPoints(
  points: readonly ConnectionPoint[],
  mailDomain: string,
  site: string | null,
): SortedPoints {
  const read = points.map(({ keywords, bindings }) => ({
    words: keywords.map((word) => word.trim().toLowerCase()),
    binding: bindings[0]?.trim() ?? '',
  }))
  const pointers = read.filter(({ words, binding }) => words.includes(POINTER) && binding !== '')
  const rankOf = (words: readonly string[]): number => {
    if (site !== null && words.includes(`site=${site.toLowerCase()}`)) return 0
    return words.some((word) => word.startsWith('site=')) ? 2 : 1
  }
  const ranked = read
    .filter(({ words, binding }) => words.includes(URL_ENTRY) && binding !== '')
    .map(({ words, binding }) => ({ binding, rank: rankOf(words) }))
    .sort((one, other) => one.rank - other.rank)
  return {
    urls: [...new Set(ranked.map(({ binding }) => binding))].slice(0, MAX_URLS),
    ofDomain: pointers.filter(({ words }) => words.includes(`domain=${mailDomain}`)).map(({ binding }) => binding),
    ofNobody: pointers
      .filter(({ words }) => !words.some((word) => word.startsWith('domain=')))
      .map(({ binding }) => binding),
  }
}

export interface LookUpDeps {
  readonly places: ConnectionPointPlaces
  readonly read: ReadConnectionPoints
  readonly trust: HostTrust
  readonly teller: StepTeller
  readonly signal: AbortSignal
}

/** What the lookup came to: URLs to judge and to ask, in order; or a refused sign-in, after which nothing more is tried. */
export interface LookedUp {
  readonly urls: readonly string[]
  readonly refusal: AppError | null
}

/** Looks Autodiscover's URLs up in Active Directory. A server that is away, or that says nothing, is passed over. */
export async function lookUpConnectionPoints(deps: LookUpDeps): Promise<LookedUp> {
  const asked = new Set<string>()
  for (const server of deps.places.servers) {
    const found = await askForest(deps, server, deps.places.isTyped, asked)
    if (found !== null) return found
  }
  return { urls: [], refusal: null }
}

/** Null: it could not be asked. */
async function askForest(
  deps: LookUpDeps,
  server: LdapServer,
  isTyped: boolean,
  asked: Set<string>,
): Promise<LookedUp | null> {
  const { read, trust, teller, signal } = deps
  const url = ldapOrigin(server)
  if (signal.aborted || asked.has(url) || asked.size >= MAX_FORESTS) return null
  asked.add(url)
  const { mailDomain } = trust
  // The machine's own domain may be another organisation's than the account's: only its own may have the password.
  const isSignInAllowed = isTyped || isTrustedHost(server.host, trust)
  const sort = (answer: Extract<ConnectionPointsAnswer, { kind: 'points' }>) =>
    sortConnectionPoints(answer.points, mailDomain, answer.site)
  const answer = await teller.time(
    'scp-lookup',
    url,
    () => read(server, isSignInAllowed, signal),
    (told) => ({
      status: null,
      ...(told.evidence !== undefined && { evidence: told.evidence }),
      ...(told.kind === 'failed' ? describeLdapFailure(told.error, isSignInAllowed) : describePoints(sort(told))),
    }),
  )
  if (answer.kind === 'failed') return refusalOf(answer.error)
  const { urls, ofDomain, ofNobody } = sort(answer)
  const follow = async (pointers: readonly string[]): Promise<LookedUp> => {
    for (const pointer of pointers) {
      const next = toServer(pointer, server)
      if (next === null) tellNoServer(teller, pointer)
      const found = next === null ? null : await askForest(deps, next, false, asked)
      if (found !== null && (found.refusal !== null || found.urls.length > 0)) return found
    }
    return { urls, refusal: null }
  }
  if (ofDomain.length > 0) return follow(ofDomain)
  return urls.length > 0 ? { urls, refusal: null } : follow(ofNobody)
}

/** A refused password ends everything: one wrong password is one failed logon. Everything else is passed over. */
function refusalOf(error: AppError): LookedUp | null {
  if (error.code === 'cancelled') return { urls: [], refusal: error }
  const isRefused = error.code === 'unauthorized' && ['wrong-password', 'account-locked'].includes(error.hint)
  return isRefused ? { urls: [], refusal: error } : null
}

/** `LDAP://dc.example.org/…`, asked in the way that the server was asked which named it: encrypted in every case. */
function toServer(path: string, from: LdapServer): LdapServer | null {
  const server = parseLdapUrl(path.replace(/^ldap:/i, 'ldap:').replace(/^ldaps:/i, 'ldaps:'))
  if (server === null) return null
  const isPlainPath = server.isStartTls && server.port === 389
  return isPlainPath && !from.isStartTls ? { ...server, isStartTls: false, port: 636 } : server
}

function tellNoServer(teller: StepTeller, pointer: string): void {
  const detail = 'The pointer to another forest names no LDAP server.'
  teller.tell('scp-lookup', tell([pointer]), { status: null, outcome: 'refused', detail })
}

type StepWords = Pick<ConnectionStep, 'outcome' | 'detail'> & { readonly advice?: string }

function describePoints({ urls, ofDomain, ofNobody }: SortedPoints): StepWords {
  const paths = ofDomain.length > 0 ? ofDomain : urls.length === 0 ? ofNobody : []
  if (paths.length > 0) return { outcome: 'redirected', detail: `It points to ${tell(paths)}.` }
  if (urls.length > 0) return { outcome: 'found', detail: `It names ${tell(urls)}.` }
  return {
    outcome: 'nothing-here',
    detail: 'There is no service connection point of Autodiscover in this directory.',
  }
}

/** What a directory says is told without control characters, and not at any length. */
function tell(texts: readonly string[]): string {
  return texts
    .slice(0, 5)
    .map((text) => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 120))
    .join(', ')
}

function describeLdapFailure(error: AppError, isSignInAllowed: boolean): StepWords {
  const words = describeFailure(error)
  switch (error.code) {
    case 'unreachable':
      return { ...words, advice: UNREACHABLE[error.reason] ?? UNREACHABLE['ETIMEDOUT'] ?? '' }
    case 'unauthorized':
      return error.hint === 'no-credentials' ? { ...words, advice: isSignInAllowed ? NO_PASSWORD : NOT_TRUSTED } : words
    default:
      return words
  }
}

const UNREACHABLE: Readonly<Record<string, string>> = {
  ENOTFOUND:
    'There is no such name in DNS here. Outside the organisation’s network that is usual; the other places are asked.',
  STARTTLS_REFUSED:
    'It does not encrypt (StartTLS), so nothing was asked. Give it as ldaps://, or ask the administrator.',
  ETIMEDOUT:
    'Nobody answers there. Outside the organisation’s network that is usual; the other places are asked. Inside, ask whether port 636 (ldaps) or 389 (StartTLS) is open.',
}
const NO_PASSWORD = 'It answers only to who signs in, and there is no password for it. The other places are asked.'
const NOT_TRUSTED =
  'It answers only to who signs in, and lies outside the mail domain: it is not given the password. If it is the organisation’s, name it (--ldap) or trust its host.'

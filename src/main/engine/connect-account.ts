import type { z } from 'zod'
import type { ConnectionStep, Endpoints, StepEvidence } from '../../shared/connections.ts'
import type { connectInputSchema } from '../../shared/contract/connections.ts'
import type { AppError } from '../../shared/errors.ts'
import { isExchangeOnlineUrl } from '../../shared/exchange-online.ts'
import { ok, type Result } from '../../shared/result.ts'
import { describeFailure } from '../core/connections/describe-answer.ts'
import type {
  ClientCertificate,
  Credentials,
  ExchangeConnector,
  ExchangeSession,
  NetworkOptions,
  TicketSource,
  TokenSource,
} from '../core/connections/ports.ts'
import { withoutSecrets } from '../core/connections/without-secrets.ts'
import type { LdapConnector, MachineDomain } from '../core/ldap/ports.ts'
import type { Clock } from '../core/ports.ts'
import { collectEvidence } from '../exchange/http/wire-evidence.ts'
import type { AccountStore, StoredDiscovery } from '../store/account-store.ts'
import { findServer } from './find-server.ts'
import { sessionMemory } from './session-memory.ts'

/** What a person typed, checked by the contract. */
export type CheckedConnectInput = z.output<typeof connectInputSchema>

/** What is known of the account from before. */
export interface ConnectMemory {
  readonly agreedHosts: readonly string[]
  readonly lastUrl: string | null
  readonly isLastInside?: boolean
  readonly ldapUrl: string | null
  /** Fingerprints of certificates that are trusted for it. */
  readonly pins?: readonly string[]
  /** Certificates of CAs that are trusted for it, PEM. */
  readonly authorities?: readonly string[]
  /** Shown to its servers where they ask for one. */
  readonly clientCertificate?: ClientCertificate
  /** Kerberos, for the hosts that were agreed to. */
  readonly tickets?: TicketSource
  readonly isOnlineLookupAllowed: boolean
}

/** A server that was found and that accepted the sign-in. */
export interface SignedIn {
  readonly endpoints: Endpoints
  /** Null when the server's address was typed. */
  readonly discovery: StoredDiscovery | null
  readonly session: ExchangeSession
  /** Whether it was by an access token; no password is kept then. */
  readonly isByToken: boolean
  /** How it signed in, such as `NTLM`. */
  readonly scheme: string
}

/** How connecting went. `endpoints`: what was found, also when the sign-in failed after it. */
export interface ConnectAttempt {
  readonly steps: ConnectionStep[]
  readonly endpoints: Endpoints | null
  readonly result: Result<SignedIn>
  readonly isExchangeOnline: boolean
}

/** The oldest schema that has photos; spoken to a server whose address was typed, until it says otherwise. */
const OLDEST_VERSION = 'Exchange2013'

export interface ConnectDeps {
  readonly connector: ExchangeConnector
  readonly clock: Clock
  readonly network: NetworkOptions
  readonly accounts: AccountStore
  readonly ldap: LdapConnector
  readonly machineDomain: MachineDomain | null
  /** Access tokens, for a server that takes them; a person is asked to sign in when it comes to that. */
  readonly tokens: TokenSource
}

/** Finds the server of an address, or takes the one that was typed, and signs in. Every step is told, none holds a secret. */
export async function connectAccount(
  deps: ConnectDeps,
  input: CheckedConnectInput,
  memory: ConnectMemory,
  signal: AbortSignal,
): Promise<ConnectAttempt> {
  const credentials = { ...credentialsOf(input, memory), tokens: deps.tokens }
  const steps: ConnectionStep[] = []
  const onStep = (step: ConnectionStep): void => {
    steps.push(withoutSecrets(step, credentials))
  }
  const found = await findEndpoints(deps, input, credentials, memory, onStep, signal)
  if (!found.ok) return { steps, endpoints: null, result: found, isExchangeOnline: isOnlineFailure(found.error) }
  const { endpoints, discovery } = found.value
  const evidence = collectEvidence()
  const network = { ...deps.network, observe: evidence.observe }
  const kept = sessionMemory(deps.accounts, input.address)
  const session = deps.connector.openSession(endpoints, credentials, input.auth, network, kept)
  const startedMs = deps.clock.nowMs()
  const signedIn = await session.signIn(signal)
  const seen = evidence.finish() ?? (signedIn.ok ? null : await lookAt(deps, credentials, endpoints.ewsUrl, signal))
  onStep({
    ...{ name: 'sign-in', url: endpoints.ewsUrl, durationMs: deps.clock.nowMs() - startedMs },
    ...(signedIn.ok ? describeSuccess(signedIn.value.scheme) : describeRefusal(signedIn.error)),
    ...(seen !== null && { evidence: seen }),
  })
  if (signedIn.ok) {
    const { scheme, isExchangeOnline = false } = signedIn.value
    const result = ok({ endpoints, discovery, session, scheme, isByToken: scheme === 'OAuth' })
    return { steps, endpoints, result, isExchangeOnline }
  }
  await session.close()
  return { steps, endpoints, result: signedIn, isExchangeOnline: isExchangeOnlineUrl(endpoints.ewsUrl) }
}

/** Whether discovery ended at a host of Exchange Online, which an organisation's own servers point to. */
function isOnlineFailure(error: AppError): boolean {
  if (error.code === 'redirect-refused') return isExchangeOnlineUrl(error.target)
  if (error.code === 'consent-needed') return isExchangeOnlineUrl(`https://${error.host}`)
  return 'endpoint' in error && isExchangeOnlineUrl(error.endpoint)
}

/** The user name as typed, else the address. */
function credentialsOf(
  { address, userName, password }: CheckedConnectInput,
  { tickets, clientCertificate }: ConnectMemory,
): Credentials {
  return {
    userName: userName || address,
    password,
    ...(tickets !== undefined && { tickets }),
    ...(clientCertificate !== undefined && { clientCertificate }),
  }
}

async function findEndpoints(
  deps: ConnectDeps,
  input: CheckedConnectInput,
  credentials: Credentials,
  memory: ConnectMemory,
  onStep: (step: ConnectionStep) => void,
  signal: AbortSignal,
): Promise<Result<Pick<SignedIn, 'endpoints' | 'discovery'>>> {
  const { address, auth, ewsUrl } = input
  if (ewsUrl === undefined) {
    return findServer(deps, { address, auth, credentials, ...memory }, onStep, signal)
  }
  const detail = 'The server’s address was entered by hand; nothing was searched for.'
  onStep({ name: 'given-address', url: ewsUrl, status: null, durationMs: 0, outcome: 'found', detail })
  const endpoints = { ewsUrl: withoutTrailingSlash(ewsUrl), photosUrl: null, serverVersion: OLDEST_VERSION }
  return ok({ endpoints, discovery: null })
}

/** Where no answer came, as when the certificate was refused: what the socket shows. */
async function lookAt(
  { connector, network }: ConnectDeps,
  credentials: Credentials,
  url: string,
  signal: AbortSignal,
): Promise<StepEvidence | null> {
  const client = connector.createAutodiscoverClient(credentials, 'auto', network)
  try {
    return (await client.probe(url, signal, true)).evidence ?? null
  } finally {
    await client.close()
  }
}

function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

type SignInWords = Pick<ConnectionStep, 'status' | 'outcome' | 'detail' | 'advice'>

/** Said where nothing better was offered, or Basic was chosen (F6). */
const BASIC_WARNING =
  'Basic sends the password itself with every request; only TLS protects it. Ask the administrator for NTLM, Kerberos or modern sign-in.'

function describeSuccess(scheme: string): SignInWords {
  const words = { status: 200, outcome: 'found', detail: `The sign-in worked (${scheme}).` } as const
  return scheme === 'Basic' ? { ...words, advice: BASIC_WARNING } : words
}

/** What a failed sign-in looks like as a step. */
function describeRefusal(error: AppError): SignInWords {
  return { status: statusOf(error), ...describeFailure(error) }
}

function statusOf(error: AppError): number | null {
  switch (error.code) {
    case 'unauthorized':
      return error.hint === 'account-locked' ? 456 : 401
    case 'forbidden':
      return 403
    case 'unexpected-answer':
      return error.status
    default:
      return null
  }
}

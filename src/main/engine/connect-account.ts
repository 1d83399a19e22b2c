import type { z } from 'zod'
import type { ConnectionStep, Endpoints } from '../../shared/connections.ts'
import type { connectInputSchema } from '../../shared/contract/connections.ts'
import type { AppError } from '../../shared/errors.ts'
import { ok, type Result } from '../../shared/result.ts'
import { discover } from '../core/connections/discover.ts'
import type { Credentials, ExchangeConnector, ExchangeSession, NetworkOptions } from '../core/connections/ports.ts'
import type { Clock } from '../core/ports.ts'
import type { AccountStore } from '../store/account-store.ts'
import { sessionMemory } from './session-memory.ts'

/** What a person typed, checked by the contract. */
export type CheckedConnectInput = z.output<typeof connectInputSchema>

/** A server that was found and that accepted the sign-in. */
export interface SignedIn {
  readonly endpoints: Endpoints
  readonly session: ExchangeSession
}

/** How connecting went. `endpoints`: what was found, also when the sign-in failed after it. */
export interface ConnectAttempt {
  readonly steps: ConnectionStep[]
  readonly endpoints: Endpoints | null
  readonly result: Result<SignedIn>
}

/** The oldest schema that has photos; spoken to a server whose address was typed, until it says otherwise. */
const OLDEST_VERSION = 'Exchange2013'

export interface ConnectDeps {
  readonly connector: ExchangeConnector
  readonly clock: Clock
  readonly network: NetworkOptions
  readonly accounts: AccountStore
}

/** Finds the server of an address, or takes the one that was typed, and signs in. Every step is told, none holds a secret. */
export async function connectAccount(
  { connector, clock, network, accounts }: ConnectDeps,
  input: CheckedConnectInput,
  signal: AbortSignal,
): Promise<ConnectAttempt> {
  const credentials = credentialsOf(input)
  const steps: ConnectionStep[] = []
  const found = await findEndpoints({ connector, clock, network, accounts }, input, credentials, steps, signal)
  if (!found.ok) return { steps, endpoints: null, result: found }
  const session = connector.openSession(
    found.value,
    credentials,
    input.auth,
    network,
    sessionMemory(accounts, input.address),
  )
  const startedMs = clock.nowMs()
  const signedIn = await session.signIn(signal)
  const url = found.value.ewsUrl
  const durationMs = clock.nowMs() - startedMs
  if (signedIn.ok) {
    const detail = `The sign-in worked (${signedIn.value.scheme}).`
    steps.push({ name: 'sign-in', url, status: 200, durationMs, outcome: 'found', detail })
    return { steps, endpoints: found.value, result: ok({ endpoints: found.value, session }) }
  }
  await session.close()
  steps.push({ name: 'sign-in', url, durationMs, ...describeRefusal(signedIn.error) })
  return { steps, endpoints: found.value, result: signedIn }
}

/** The user name as typed, else the address. */
export function credentialsOf(input: Pick<CheckedConnectInput, 'address' | 'userName' | 'password'>): Credentials {
  return { userName: input.userName || input.address, password: input.password }
}

async function findEndpoints(
  { connector, clock, network }: ConnectDeps,
  input: CheckedConnectInput,
  credentials: Credentials,
  steps: ConnectionStep[],
  signal: AbortSignal,
): Promise<Result<Endpoints>> {
  if (input.ewsUrl !== undefined) {
    const detail = 'The server’s address was entered by hand; nothing was searched for.'
    steps.push({ name: 'given-address', url: input.ewsUrl, status: null, durationMs: 0, outcome: 'found', detail })
    return ok({ ewsUrl: withoutTrailingSlash(input.ewsUrl), photosUrl: null, serverVersion: OLDEST_VERSION })
  }
  const client = connector.createAutodiscoverClient(credentials, input.auth, network)
  try {
    const discovery = await discover({ address: input.address, client, clock, signal, onStep: () => {} })
    steps.push(...discovery.steps)
    return discovery.result
  } finally {
    await client.close()
  }
}

function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

/** What a failed sign-in looks like as a step. */
function describeRefusal(error: AppError): Pick<ConnectionStep, 'status' | 'outcome' | 'detail'> {
  switch (error.code) {
    case 'unauthorized':
      return { status: 401, outcome: 'refused', detail: 'The server refused the sign-in.' }
    case 'forbidden':
      return { status: 403, outcome: 'refused', detail: 'Exchange Web Services are not allowed for this account.' }
    case 'unreachable':
      return { status: null, outcome: 'unreachable', detail: `The server cannot be reached (${error.reason}).` }
    case 'unexpected-answer':
      return { status: error.status, outcome: 'failed', detail: error.detail }
    default:
      return { status: null, outcome: 'failed', detail: `The sign-in failed (${error.code}).` }
  }
}

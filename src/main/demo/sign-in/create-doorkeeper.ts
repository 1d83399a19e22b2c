import type { DemoAccount, DemoBearer, DemoScheme } from '../demo-types.ts'
import { createNtlmHandshake, type NtlmHandshake, type NtlmPolicy } from './ntlm-server.ts'

/** What a connection has shown of itself so far. NTLM signs in a connection, Basic each request. */
export interface ConnectionState {
  /** Counts the connections from 1. */
  readonly id: number
  /** Who signed this connection in by NTLM; null: nobody has. */
  ntlmAccount: DemoAccount | null
  handshake: NtlmHandshake | null
}

/** Whether a request may come in. `account`: whose it is; null: a token lets it in, which names nobody of this book. */
export type Admission =
  | { readonly kind: 'admitted'; readonly scheme: DemoScheme; readonly account: DemoAccount | null }
  | { readonly kind: 'challenged'; readonly scheme: DemoScheme | 'none'; readonly challenges: readonly string[] }

/** Checks the credentials of each request. */
export interface Doorkeeper {
  admit(authorization: string | null, connection: ConnectionState): Promise<Admission>
  failedLogons(): number
}

const REALM = 'Basic realm="mail.fjordline.example"'

function readBasic(token: string): { userName: string; password: string } | null {
  const decoded = Buffer.from(token, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return colon === -1 ? null : { userName: decoded.slice(0, colon), password: decoded.slice(colon + 1) }
}

/** A server that takes access tokens says so with Exchange's own client id and who issues them (MS-OXPROTO). */
function bearerChallenge({ authorizationUri }: DemoBearer): string {
  const facts = [
    'client_id="00000002-0000-0ff1-ce00-000000000000"',
    'trusted_issuers="00000001-0000-0000-c000-000000000000@*"',
    'token_types="app_asserted_user_v1 service_asserted_app_v1"',
    ...(authorizationUri === null ? [] : [`authorization_uri="${authorizationUri}"`]),
  ]
  return `Bearer ${facts.join(', ')}`
}

/** Takes no token at all: what Bearer is without anybody who issues one. */
const NO_TOKENS: DemoBearer = { authorizationUri: null, accepts: async () => false }

/** Offers these schemes, in this order. */
export function createDoorkeeper(
  policy: NtlmPolicy & { readonly bearer?: DemoBearer },
  schemes: readonly DemoScheme[],
  nowMs: () => number,
): Doorkeeper {
  let failed = 0
  const { bearer = NO_TOKENS } = policy
  const offers = { ntlm: 'NTLM', bearer: bearerChallenge(bearer), basic: REALM }
  const challenges = schemes.map((scheme) => offers[scheme])
  const refuse = (scheme: DemoScheme | 'none'): Admission => ({ kind: 'challenged', scheme, challenges })
  const refuseAndCount = (scheme: DemoScheme): Admission => {
    failed += 1
    return refuse(scheme)
  }

  const admitNtlm = async (token: string, connection: ConnectionState): Promise<Admission> => {
    connection.ntlmAccount = null
    connection.handshake ??= createNtlmHandshake(policy, nowMs)
    const step = await connection.handshake.step(Buffer.from(token, 'base64'))
    if (step.kind === 'challenge') {
      return { kind: 'challenged', scheme: 'ntlm', challenges: [`NTLM ${step.message.toString('base64')}`] }
    }
    connection.handshake = null
    if (step.kind === 'refused') return refuseAndCount('ntlm')
    connection.ntlmAccount = step.account
    return { kind: 'admitted', scheme: 'ntlm', account: step.account }
  }

  const admitBasic = (token: string): Admission => {
    const given = readBasic(token)
    if (given === null) return refuse('basic')
    const account = policy.accounts.verify(given.userName, given.password)
    return account === null ? refuseAndCount('basic') : { kind: 'admitted', scheme: 'basic', account }
  }

  /** An empty token is a question, and no failed logon. */
  const admitBearer = async (token: string): Promise<Admission> => {
    if (token === '') return refuse('bearer')
    return (await bearer.accepts(token))
      ? { kind: 'admitted', scheme: 'bearer', account: null }
      : refuseAndCount('bearer')
  }

  return {
    admit: async (authorization, connection) => {
      const [name = '', token = ''] = (authorization ?? '').trim().split(/\s+/)
      const scheme = schemes.find((offered) => offered === name.toLowerCase())
      if (scheme === 'ntlm') return await admitNtlm(token, connection)
      if (scheme === 'basic') return admitBasic(token)
      if (scheme === 'bearer') return admitBearer(token)
      const { ntlmAccount } = connection
      if (name === '' && ntlmAccount !== null) return { kind: 'admitted', scheme: 'ntlm', account: ntlmAccount }
      return refuse('none')
    },
    failedLogons: () => failed,
  }
}

import type { DemoScheme } from '../demo-types.ts'
import { createNtlmHandshake, type NtlmHandshake, type NtlmPolicy } from './ntlm-server.ts'

/** What a connection has shown of itself so far. NTLM signs in a connection, Basic each request. */
export interface ConnectionState {
  /** Counts the connections from 1. */
  readonly id: number
  isSignedInByNtlm: boolean
  handshake: NtlmHandshake | null
}

/** Whether a request may come in. */
export type Admission =
  | { readonly kind: 'admitted'; readonly scheme: DemoScheme }
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

/** Offers these schemes, in this order. */
export function createDoorkeeper(policy: NtlmPolicy, schemes: readonly DemoScheme[], nowMs: () => number): Doorkeeper {
  let failed = 0
  const challenges = schemes.map((scheme) => (scheme === 'ntlm' ? 'NTLM' : REALM))
  const refuse = (scheme: DemoScheme | 'none'): Admission => ({ kind: 'challenged', scheme, challenges })
  const refuseAndCount = (scheme: DemoScheme): Admission => {
    failed += 1
    return refuse(scheme)
  }

  const admitNtlm = async (token: string, connection: ConnectionState): Promise<Admission> => {
    connection.isSignedInByNtlm = false
    connection.handshake ??= createNtlmHandshake(policy, nowMs)
    const step = await connection.handshake.step(Buffer.from(token, 'base64'))
    if (step.kind === 'challenge') {
      return { kind: 'challenged', scheme: 'ntlm', challenges: [`NTLM ${step.message.toString('base64')}`] }
    }
    connection.handshake = null
    if (step.kind === 'refused') return refuseAndCount('ntlm')
    connection.isSignedInByNtlm = true
    return { kind: 'admitted', scheme: 'ntlm' }
  }

  const admitBasic = (token: string): Admission => {
    const given = readBasic(token)
    if (given === null) return refuse('basic')
    const account = policy.accounts.verify(given.userName, given.password)
    return account === null ? refuseAndCount('basic') : { kind: 'admitted', scheme: 'basic' }
  }

  return {
    admit: async (authorization, connection) => {
      const [name = '', token = ''] = (authorization ?? '').trim().split(/\s+/)
      const scheme = schemes.find((offered) => offered === name.toLowerCase())
      if (scheme === 'ntlm') return await admitNtlm(token, connection)
      if (scheme === 'basic') return admitBasic(token)
      if (name === '' && connection.isSignedInByNtlm) return { kind: 'admitted', scheme: 'ntlm' }
      return refuse('none')
    },
    failedLogons: () => failed,
  }
}

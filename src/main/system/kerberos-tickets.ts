import { createRequire } from 'node:module'
import type { TicketAnswer, TicketSource } from '../core/connections/ports.ts'
import type { Log } from '../core/ports.ts'

/** The part of the `kerberos` package that is used. Its types name `user` and `pass`; the code reads what is here. */
interface Kerberos {
  readonly GSS_C_MUTUAL_FLAG: number
  readonly GSS_C_SEQUENCE_FLAG: number
  readonly GSS_MECH_OID_SPNEGO: number
  readonly GSS_MECH_OID_KRB5: number
  initializeClient(service: string, options: Readonly<Record<string, string | number>>): Promise<KerberosClient>
}
interface KerberosClient {
  readonly contextComplete: boolean
  step(challenge: string): Promise<string | null>
}

/**
 * Loads Kerberos: GSSAPI, on Windows SSPI. The package is a native module that need not be there (not built, no krb5 library):
 * that is null, not a fault. It offers no channel binding (version 7 passes none to either library).
 */
export function loadTicketSource(log: Log): TicketSource | null {
  try {
    return createTicketSource(createRequire(import.meta.url)('kerberos') as Kerberos, process.platform, log)
  } catch {
    log.debug('Kerberos is not installed', {})
    return null
  }
}

/** Tickets by this library; a password can be handed over on Windows only. */
export function createTicketSource(kerberos: Kerberos, platform: NodeJS.Platform, log: Log): TicketSource {
  const isWindows = platform === 'win32'
  const flags = kerberos.GSS_C_MUTUAL_FLAG | kerberos.GSS_C_SEQUENCE_FLAG
  return {
    canUsePassword: isWindows,
    async begin(host, { userName, password }): Promise<TicketAnswer> {
      try {
        // Windows' Negotiate would fall back to NTLM by itself, and show a hash to whoever asks: Kerberos alone there.
        const mechOID = isWindows ? kerberos.GSS_MECH_OID_KRB5 : kerberos.GSS_MECH_OID_SPNEGO
        const user = isWindows && password !== '' ? { ...splitUser(userName), password } : {}
        const service = isWindows ? `HTTP/${host}` : `HTTP@${host}`
        const client = await kerberos.initializeClient(service, { flags, mechOID, ...user })
        const token = await client.step('')
        if (token === null || token === '') return { kind: 'no-ticket' }
        return { kind: 'ticket', token, isProvenBy: (serverToken) => isProven(client, serverToken) }
      } catch (cause) {
        log.info('there is no Kerberos ticket', { host, reason: cause instanceof Error ? cause.message : 'unknown' })
        return { kind: 'no-ticket' }
      }
    },
  }
}

/** SSPI calls a context complete after the first step already, so that a step which fails counts, too. */
async function isProven(client: KerberosClient, serverToken: string): Promise<boolean> {
  try {
    await client.step(serverToken)
    return client.contextComplete
  } catch {
    return false
  }
}

function splitUser(userName: string): { user: string; domain: string } {
  const at = userName.indexOf('\\')
  return at < 0 ? { user: userName, domain: '' } : { user: userName.slice(at + 1), domain: userName.slice(0, at) }
}

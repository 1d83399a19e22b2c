import type { Account } from '../../shared/connections.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { SecretStore } from '../core/connections/ports.ts'
import type { Log } from '../core/ports.ts'

/** One secret an account: in the store when a person wants it so, else in this run's memory (F90). Never rejects. */
export interface KeptSecrets {
  /** Where the store refuses, as when somebody does not unlock it, the secret is kept for this run. */
  keep(address: SmtpAddress, secret: string, isRemembered: boolean): Promise<void>
  read(address: SmtpAddress): Promise<string | null>
  whereIs(address: SmtpAddress): Promise<Account['secretKeptIn']>
  forget(address: SmtpAddress): Promise<void>
}

/** The kinds of secrets, and what their entries' names begin with. */
const PREFIXES = { password: '', tokens: 'oauth:', 'client certificate': 'tls:', ldap: 'ldap:' } as const

/** Keeps one kind of secrets over a store. */
export function createKeptSecrets(store: SecretStore, kind: keyof typeof PREFIXES, log: Log): KeptSecrets {
  const thisRun = new Map<SmtpAddress, string>()
  const entryOf = (address: SmtpAddress): string => `${PREFIXES[kind]}${address}`

  /** A store that fails in the middle of a run is one without this entry. */
  async function attempt<T>(change: 'read' | 'write' | 'remove', work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (cause) {
      // Only the kind of fault: its message is another program's, and may hold anything.
      log.warn('the password store failed', { change, kind, fault: cause instanceof Error ? cause.name : 'unknown' })
      return null
    }
  }

  async function read(address: SmtpAddress): Promise<string | null> {
    return thisRun.get(address) ?? attempt('read', () => store.read(entryOf(address)))
  }

  return {
    async keep(address, secret, isRemembered) {
      if (isRemembered) {
        const written = await attempt('write', async () => {
          await store.write(entryOf(address), secret)
          return true
        })
        if (written === true) {
          thisRun.delete(address)
          return
        }
      }
      thisRun.set(address, secret)
      await attempt('remove', () => store.remove(entryOf(address)))
    },
    read,
    async whereIs(address) {
      if (thisRun.has(address)) return 'this-run'
      return (await read(address)) === null ? 'nowhere' : store.kind
    },
    async forget(address) {
      thisRun.delete(address)
      await attempt('remove', () => store.remove(entryOf(address)))
    },
  }
}

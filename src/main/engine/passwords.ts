import type { Account } from '../../shared/connections.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { SecretStore } from '../core/connections/ports.ts'

/** Passwords of accounts: in the store when a person wants it so, else in this run's memory (F90). */
export interface Passwords {
  keep(address: SmtpAddress, password: string, isRemembered: boolean): Promise<void>
  read(address: SmtpAddress): Promise<string | null>
  whereIs(address: SmtpAddress): Promise<Account['secretKeptIn']>
  forget(address: SmtpAddress): Promise<void>
}

/** Keeps passwords over a store. */
export function createPasswords(store: SecretStore): Passwords {
  const thisRun = new Map<SmtpAddress, string>()
  return {
    async keep(address, password, isRemembered) {
      if (isRemembered) {
        thisRun.delete(address)
        await store.write(address, password)
      } else {
        await store.remove(address)
        thisRun.set(address, password)
      }
    },
    read: async (address) => thisRun.get(address) ?? store.read(address),
    async whereIs(address) {
      if (thisRun.has(address)) return 'this-run'
      return (await store.read(address)) === null ? 'nowhere' : store.kind
    },
    async forget(address) {
      thisRun.delete(address)
      await store.remove(address)
    },
  }
}

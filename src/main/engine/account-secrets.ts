import type { Account } from '../../shared/connections.ts'
import type { SecretStore } from '../core/connections/ports.ts'
import type { Log } from '../core/ports.ts'
import type { StoredAccount } from '../store/account-store.ts'
import { createKeptClientCertificates, type KeptClientCertificates } from './kept-client-certificates.ts'
import { createKeptSecrets, type KeptSecrets } from './kept-secrets.ts'
import { createTokenVaults, type TokenVaults } from './token-vaults.ts'

/** All secrets of accounts: passwords, tokens of modern sign-in, and client certificates (F90). */
export interface AccountSecrets {
  readonly passwords: KeptSecrets
  readonly tokens: TokenVaults
  readonly clientCertificates: KeptClientCertificates
  /** Passwords of LDAP servers, where they are others than the account's. */
  readonly ldap: KeptSecrets
  /** Where what this account signs in with is kept. */
  whereIs(account: Pick<StoredAccount, 'address' | 'auth'>): Promise<Account['secretKeptIn']>
  /** Forgets what the account signs in with; what its LDAP server wants stays. */
  forget(address: StoredAccount['address']): Promise<void>
}

/** Keeps them over a store. */
export function createAccountSecrets(store: SecretStore, log: Log): AccountSecrets {
  const passwords = createKeptSecrets(store, 'password', log)
  const kept = createKeptSecrets(store, 'tokens', log)
  const tokens = createTokenVaults(kept)
  const clientCertificates = createKeptClientCertificates(createKeptSecrets(store, 'client certificate', log))
  return {
    passwords,
    tokens,
    clientCertificates,
    ldap: createKeptSecrets(store, 'ldap', log),
    whereIs: ({ address, auth }) => (auth === 'bearer' ? kept : passwords).whereIs(address),
    async forget(address) {
      await passwords.forget(address)
      await tokens.forget(address)
      await clientCertificates.forget(address)
    },
  }
}

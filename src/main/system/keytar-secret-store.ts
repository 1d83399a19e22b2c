import { createRequire } from 'node:module'
import type { SecretStore } from '../core/connections/ports.ts'

/** The name under which the operating system's password manager lists Rollcall's entries. */
const SERVICE = 'Rollcall'

/** The part of keytar that is used. */
interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

/**
 * Loads the operating system's store: Keychain, Credential Manager or the Secret Service. keytar is a native module that need
 * not be there (not built, no libsecret): that is an answer, not a fault.
 */
export function loadKeytarSecretStore():
  | { readonly ok: true; readonly value: SecretStore }
  | { readonly ok: false; readonly reason: string } {
  let keytar: Keytar
  try {
    keytar = createRequire(import.meta.url)('keytar') as Keytar
  } catch {
    return { ok: false, reason: 'keytar is not installed' }
  }
  return {
    ok: true,
    value: {
      kind: 'os-store',
      read: (account) => keytar.getPassword(SERVICE, account),
      write: (account, secret) => keytar.setPassword(SERVICE, account, secret),
      remove: async (account) => {
        await keytar.deletePassword(SERVICE, account)
      },
    },
  }
}

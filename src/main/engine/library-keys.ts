import { randomBytes } from 'node:crypto'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { SecretStore } from '../core/connections/ports.ts'
import { describeThrown } from '../core/jobs/describe-thrown.ts'
import type { Log } from '../core/ports.ts'

const KEY_BYTES = 32
const KEY_FORM = /^[0-9a-f]{64}$/

/** The keys of encrypted libraries, in the system's own store: a key that ended with the run would end the library, too. */
export interface LibraryKeys {
  /** Whether this system has such a store. */
  readonly isAvailable: boolean
  /** Null when there is none, or the store does not give it. */
  read(address: SmtpAddress): Promise<Uint8Array | null>
  /** The key there is, or a new one that is safely kept; null when the store does not keep it. */
  ensure(address: SmtpAddress): Promise<Uint8Array | null>
  forget(address: SmtpAddress): Promise<void>
}

/** Keeps keys over the store for passwords. Never rejects. */
export function createLibraryKeys(store: SecretStore, log: Log): LibraryKeys {
  const isAvailable = store.kind === 'os-store'
  const entryOf = (address: SmtpAddress): string => `library-key:${address}`

  async function attempt<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (cause) {
      describeThrown(log, what, cause)
      return null
    }
  }

  async function read(address: SmtpAddress): Promise<Uint8Array | null> {
    const text = await attempt('reading a library’s key', () => store.read(entryOf(address)))
    return text !== null && KEY_FORM.test(text) ? Buffer.from(text, 'hex') : null
  }

  return {
    isAvailable,
    read,
    async ensure(address) {
      if (!isAvailable) return null
      const known = await read(address)
      if (known !== null) return known
      const key = randomBytes(KEY_BYTES)
      await attempt('keeping a library’s key', () => store.write(entryOf(address), key.toString('hex')))
      // Read back: pictures are encrypted only under a key that is known to be kept.
      const kept = await read(address)
      return kept !== null && key.equals(kept) ? kept : null
    },
    async forget(address) {
      await attempt('removing a library’s key', () => store.remove(entryOf(address)))
    },
  }
}

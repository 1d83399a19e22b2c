import { randomUUID } from 'node:crypto'
import type { SecretStore } from '../core/connections/ports.ts'
import type { Log } from '../core/ports.ts'
import { createChunkedSecretStore } from './create-chunked-secret-store.ts'
import { loadKeytarSecretStore } from './keytar-secret-store.ts'

/** How long the operating system's store may take to answer at the start, ms: someone may have to unlock it. */
const PROBE_LIMIT_MS = 8_000

/**
 * Opens the place for passwords and tokens. `os-store`: the operating system's, tried out first with an entry that is written,
 * read and removed; where it does not work, and for `this-run`, secrets stay in memory and end with the run (F90).
 */
export async function createSecretStore(
  mode: 'os-store' | 'this-run',
  log: Log,
  probeLimitMs = PROBE_LIMIT_MS,
): Promise<SecretStore> {
  if (mode === 'this-run') return createMemorySecretStore()
  const store = loadKeytarSecretStore()
  const failure = store.ok ? await probe(store.value, probeLimitMs) : store.reason
  if (store.ok && failure === null) return createChunkedSecretStore(store.value)
  log.info('passwords last for this run only', { reason: failure })
  return createMemorySecretStore()
}

/** Keeps secrets in memory, for this run. */
export function createMemorySecretStore(): SecretStore {
  const secrets = new Map<string, string>()
  return {
    kind: 'this-run',
    read: async (account) => secrets.get(account) ?? null,
    write: async (account, secret) => {
      secrets.set(account, secret)
    },
    remove: async (account) => {
      secrets.delete(account)
    },
  }
}

/** Why the store does not work; null when it does. */
async function probe(store: SecretStore, limitMs: number): Promise<string | null> {
  const account = `probe-${randomUUID()}`
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, limitMs, 'the store does not answer')
  })
  const roundTrip = async (): Promise<string | null> => {
    await store.write(account, 'probe')
    const secret = await store.read(account)
    await store.remove(account)
    return secret === 'probe' ? null : 'the store forgets'
  }
  try {
    return await Promise.race([roundTrip(), limit])
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown'
  } finally {
    clearTimeout(timer)
  }
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SecretStore } from '../../../src/main/core/connections/ports.ts'
import { createChunkedSecretStore } from '../../../src/main/system/create-chunked-secret-store.ts'

const LIMIT = 2_560
/** Length of a part in the campaign. */
const PART_BYTES = 10
const TOKENS = 'äöü-token-€'.repeat(1_000)

/** A store as Windows has it: an entry over the limit is refused. It can be made to die at its n-th change. */
function limitedStore(limitBytes = LIMIT) {
  const entries = new Map<string, string>()
  let changesLeft = Number.POSITIVE_INFINITY
  const change = () => {
    if (changesLeft <= 0) throw new Error('the process ended here')
    changesLeft -= 1
  }
  const store: SecretStore = {
    kind: 'os-store',
    read: async (account) => entries.get(account) ?? null,
    write: async (account, secret) => {
      if (Buffer.byteLength(secret) > limitBytes) throw new Error('The stub received bad data.')
      change()
      entries.set(account, secret)
    },
    remove: async (account) => {
      change()
      entries.delete(account)
    },
  }
  return {
    ...{ store, entries },
    dieAfter(count: number): void {
      changesLeft = count
    },
  }
}

describe('a store whose entries are short', () => {
  it('keeps a long secret whole, in entries that are short enough', async () => {
    const { store, entries } = limitedStore()
    const chunked = createChunkedSecretStore(store)
    await chunked.write('anna', TOKENS)
    expect(await chunked.read('anna')).toBe(TOKENS)
    expect(entries.size).toBe(1 + Math.ceil(Buffer.byteLength(TOKENS) / LIMIT))
  })

  it('keeps a secret of up to 2,560 bytes in one entry, as it is', async () => {
    const { store, entries } = limitedStore()
    const chunked = createChunkedSecretStore(store)
    await chunked.write('anna', 'x'.repeat(LIMIT))
    expect([...entries]).toEqual([['anna', 'x'.repeat(LIMIT)]])
    await chunked.write('anna', 'x'.repeat(LIMIT + 1))
    expect(entries.size).toBe(3)
  })

  it('reads what was kept before there were parts', async () => {
    const { store, entries } = limitedStore()
    entries.set('anna', 'hunter2')
    expect(await createChunkedSecretStore(store).read('anna')).toBe('hunter2')
  })

  it('leaves nothing behind when a secret becomes shorter, or goes', async () => {
    const { store, entries } = limitedStore()
    const chunked = createChunkedSecretStore(store)
    await chunked.write('anna', TOKENS)
    await chunked.write('anna', TOKENS.slice(0, 3_000))
    expect(entries.size).toBe(3)
    await chunked.write('anna', 'short')
    expect([...entries.keys()]).toEqual(['anna'])
    await chunked.write('anna', TOKENS)
    await chunked.remove('anna')
    expect(entries.size).toBe(0)
  })

  it('does not take a secret for a header, nor parts of others for a secret', async () => {
    const { store, entries } = limitedStore()
    const chunked = createChunkedSecretStore(store)
    const looksLikeOne = `rollcall-parts:1:a:1:${'0'.repeat(64)}`
    await chunked.write('anna', looksLikeOne)
    expect(await chunked.read('anna')).toBe(looksLikeOne)
    await chunked.write('anna', TOKENS)
    for (const name of entries.keys()) if (name.startsWith('anna#')) entries.set(name, 'another program was here')
    expect(await chunked.read('anna')).toBeNull()
  })

  it('keeps several accounts apart, and changes that come at once in their order', async () => {
    const { store } = limitedStore()
    const chunked = createChunkedSecretStore(store)
    await Promise.all([chunked.write('anna', TOKENS), chunked.write('bo', 'b'), chunked.write('anna', `${TOKENS}!`)])
    expect(await chunked.read('anna')).toBe(`${TOKENS}!`)
    expect(await chunked.read('bo')).toBe('b')
  })

  it('has the old secret or the new one, wherever a write was cut off, and tidies up with the next', async () => {
    const lengths = fc.integer({ min: 0, max: 60 })
    const cut = fc.record({ before: lengths, after: lengths, at: fc.integer({ min: 0, max: 30 }) })
    const check = fc.asyncProperty(cut, async ({ before, after, at }) => {
      // Room for a header; the parts are shorter, so that there are many.
      const { store, entries, dieAfter } = limitedStore(100)
      const chunked = createChunkedSecretStore(store, PART_BYTES)
      await chunked.write('anna', 'o'.repeat(before))
      dieAfter(at)
      await chunked.write('anna', 'n'.repeat(after)).catch(() => {})
      dieAfter(Number.POSITIVE_INFINITY)
      expect(['o'.repeat(before), 'n'.repeat(after)]).toContain(
        await createChunkedSecretStore(store, PART_BYTES).read('anna'),
      )
      await createChunkedSecretStore(store, PART_BYTES).write('anna', 'end')
      expect([...entries]).toEqual([['anna', 'end']])
    })
    await fc.assert(check, { numRuns: 300 })
  })
})

import { describe, expect, it } from 'vitest'
import type { SecretStore } from '../../../src/main/core/connections/ports.ts'
import { createKeptSecrets } from '../../../src/main/engine/kept-secrets.ts'
import { collectingLog } from '../../support/collecting-log.ts'
import { addressOf } from '../../support/photo-records.ts'

const ANNA = addressOf('anna')

function storeOf(entries: Map<string, string>, isBroken = false): SecretStore {
  const guard = () => {
    if (isBroken) throw new Error('refused to keep hunter2')
  }
  return {
    kind: 'os-store',
    read: async (account) => {
      guard()
      return entries.get(account) ?? null
    },
    write: async (account, secret) => {
      guard()
      entries.set(account, secret)
    },
    remove: async (account) => {
      guard()
      entries.delete(account)
    },
  }
}

describe('the secrets of accounts', () => {
  it('are kept in the store when they are to be remembered, and in memory when not', async () => {
    const entries = new Map<string, string>()
    const passwords = createKeptSecrets(storeOf(entries), 'password', collectingLog())
    expect(await passwords.whereIs(ANNA)).toBe('nowhere')
    await passwords.keep(ANNA, 'hunter2', true)
    expect([...entries]).toEqual([[ANNA, 'hunter2']])
    expect(await passwords.whereIs(ANNA)).toBe('os-store')
    await passwords.keep(ANNA, 'hunter3', false)
    expect(entries.size).toBe(0)
    expect(await passwords.whereIs(ANNA)).toBe('this-run')
    expect(await passwords.read(ANNA)).toBe('hunter3')
    await passwords.forget(ANNA)
    expect(await passwords.read(ANNA)).toBeNull()
  })

  it('of two kinds do not meet', async () => {
    const store = storeOf(new Map())
    const passwords = createKeptSecrets(store, 'password', collectingLog())
    const tokens = createKeptSecrets(store, 'tokens', collectingLog())
    await passwords.keep(ANNA, 'hunter2', true)
    await tokens.keep(ANNA, 'token', true)
    expect([await passwords.read(ANNA), await tokens.read(ANNA)]).toEqual(['hunter2', 'token'])
    await passwords.forget(ANNA)
    expect(await tokens.read(ANNA)).toBe('token')
  })

  it('last for this run where the store refuses them, and the log says so without them', async () => {
    const log = collectingLog()
    const passwords = createKeptSecrets(storeOf(new Map(), true), 'password', log)
    expect(await passwords.read(ANNA)).toBeNull()
    await passwords.keep(ANNA, 'hunter2', true)
    expect(await passwords.whereIs(ANNA)).toBe('this-run')
    expect(await passwords.read(ANNA)).toBe('hunter2')
    await passwords.forget(ANNA)
    expect(log.lines.map(({ message }) => message)).toContain('the password store failed')
    expect(JSON.stringify(log.lines)).not.toContain('hunter2')
  })
})

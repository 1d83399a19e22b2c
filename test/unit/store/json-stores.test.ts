import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAccountStore, type StoredAccount } from '../../../src/main/store/account-store.ts'
import { createSettingsStore } from '../../../src/main/store/settings-store.ts'
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts'
import { collectingLog } from '../../support/collecting-log.ts'
import { address } from '../../support/people.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const account = (text: string): StoredAccount => ({
  address: address(text),
  userName: 'FJORD\\anna',
  auth: 'auto',
  endpoints: {
    ewsUrl: 'https://mail.fjordline.example/EWS/Exchange.asmx',
    photosUrl: null,
    serverVersion: 'Exchange2016',
  },
  agreedHosts: ['host.example'],
  discovery: {
    autodiscoverUrl: 'https://autodiscover.fjordline.example/autodiscover/autodiscover.svc',
    foundAtMs: 1_000,
    isOnlineLookupAllowed: false,
  },
})

describe('accounts', () => {
  it('are there after a restart, with the one used last', () => {
    const folder = temporaryFolder()
    const store = createAccountStore(folder, collectingLog())
    store.save(account('a@x'))
    store.save(account('b@x'))
    store.save({ ...account('a@x'), userName: 'other' })
    store.setLastUsed(address('a@x'))
    const again = createAccountStore(folder, collectingLog())
    expect(again.list().map(({ address: kept, userName }) => [kept, userName])).toEqual([
      ['a@x', 'other'],
      ['b@x', 'FJORD\\anna'],
    ])
    expect(again.lastUsed()).toBe('a@x')
    expect(again.find(address('b@x'))).toEqual(account('b@x'))
  })

  it('of an older file have agreed to nothing, and were not discovered', () => {
    const folder = temporaryFolder()
    const { agreedHosts: _, discovery: __, ...older } = account('a@x')
    writeFileSync(join(folder, 'accounts.json'), JSON.stringify({ accounts: [older], lastUsed: 'a@x' }))
    const kept = createAccountStore(folder, collectingLog()).find(address('a@x'))
    expect(kept).toEqual({ ...older, agreedHosts: [], discovery: null })
  })

  it('are forgotten, and with them that they were used last', () => {
    const folder = temporaryFolder()
    const store = createAccountStore(folder, collectingLog())
    store.save(account('a@x'))
    store.setLastUsed(address('a@x'))
    store.remove(address('a@x'))
    const again = createAccountStore(folder, collectingLog())
    expect([again.list(), again.lastUsed(), again.find(address('a@x'))]).toEqual([[], null, null])
  })
})

describe('settings', () => {
  it('are the defaults until they are written, then what was written', () => {
    const folder = temporaryFolder()
    const store = createSettingsStore(folder, collectingLog())
    expect(store.read()).toEqual(DEFAULT_SETTINGS)
    const next = { ...DEFAULT_SETTINGS, library: { ...DEFAULT_SETTINGS.library, concurrency: 9 } }
    expect(store.write(next)).toEqual({ ok: true, value: null })
    expect(store.read()).toEqual(next)
    expect(createSettingsStore(folder, collectingLog()).read()).toEqual(next)
  })

  it('that a file leaves out are the defaults', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'settings.json'), '{"library":{"concurrency":2}}')
    const { library, audit } = createSettingsStore(folder, collectingLog()).read()
    expect([library.concurrency, library.freshHours, audit]).toEqual([2, 24, DEFAULT_SETTINGS.audit])
  })

  it.each(['', '{"library":{"concurr', '{"unheard-of":1}', '{"library":{"concurrency":99}}'])(
    'in a file that does not fit (%s) are the defaults; the file is kept aside and the log says so',
    (text) => {
      const folder = temporaryFolder()
      const log = collectingLog()
      writeFileSync(join(folder, 'settings.json'), text)
      expect(createSettingsStore(folder, log).read()).toEqual(DEFAULT_SETTINGS)
      expect(readFileSync(join(folder, 'settings.json.damaged'), 'utf8')).toBe(text)
      expect(log.lines.map(({ level }) => level)).toEqual(['warn'])
    },
  )

  it('that cannot be written last for this run, and the answer says so', () => {
    const folder = join(temporaryFolder(), 'file')
    writeFileSync(folder, '')
    const store = createSettingsStore(folder, collectingLog())
    const next = { ...DEFAULT_SETTINGS, library: { ...DEFAULT_SETTINGS.library, concurrency: 9 } }
    expect(store.write(next)).toMatchObject({ ok: false, error: { code: 'not-writable' } })
    expect(store.read()).toEqual(next)
  })
})

it('a written file is its owner’s only, and nothing half-written lies beside it', () => {
  const folder = temporaryFolder()
  createSettingsStore(folder, collectingLog()).write(DEFAULT_SETTINGS)
  expect(readdirSync(folder)).toEqual(['settings.json'])
  if (process.platform !== 'win32') expect(statSync(join(folder, 'settings.json')).mode & 0o077).toBe(0)
})

import { describe, expect, it } from 'vitest'
import type { AutodiscoverAnswer, ExchangeConnector } from '../../../src/main/core/connections/ports.ts'
import type { EngineParts } from '../../../src/main/engine/engine-parts.ts'
import { storedLink } from '../../../src/main/engine/stored-link.ts'
import { createAccountStore, type StoredAccount } from '../../../src/main/store/account-store.ts'
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts'
import { engineOptions } from '../../support/engine-options.ts'
import { createManualClock, silentLog } from '../../support/manual-clock.ts'
import { address } from '../../support/people.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const HOUR_MS = 3_600_000
const OLD = 'https://old.contoso.com/EWS/Exchange.asmx'
const NEW = 'https://new.contoso.com/EWS/Exchange.asmx'
const LAST_URL = 'https://mail.contoso.com/autodiscover/autodiscover.svc'
const MOVED: AutodiscoverAnswer = {
  kind: 'settings',
  status: 200,
  settings: {
    external: { ewsUrl: NEW, photosUrl: null },
    internal: { ewsUrl: null, photosUrl: null },
    serverVersion: 'Exchange2016',
  },
}
const REFUSED: AutodiscoverAnswer = {
  kind: 'failed',
  status: 401,
  error: { code: 'unauthorized', endpoint: 'https://mail.contoso.com', hint: 'wrong-password' },
}
const NOTHING: AutodiscoverAnswer = { kind: 'nothing-here', status: 404, detail: 'No.' }

/** A stored account found at time 0, and Autodiscover that answers as scripted. */
function setUp(answer: AutodiscoverAnswer, discovery: Partial<StoredAccount['discovery']> | null = {}) {
  const clock = createManualClock(0)
  const accounts = createAccountStore(temporaryFolder(), silentLog)
  const stored: StoredAccount = {
    ...{ address: address('anna@contoso.com'), userName: 'anna', auth: 'auto' as const, agreedHosts: [] },
    endpoints: { ewsUrl: OLD, photosUrl: null, serverVersion: 'Exchange2016' },
    discovery:
      discovery === null
        ? null
        : { autodiscoverUrl: LAST_URL, foundAtMs: 0, isOnlineLookupAllowed: false, ...discovery },
  }
  accounts.save(stored)
  const asked: string[] = []
  const connector: Pick<ExchangeConnector, 'createAutodiscoverClient'> = {
    createAutodiscoverClient: () => ({
      async ask({ url }) {
        asked.push(url)
        return answer
      },
      probe: async () => ({ status: 401, error: null }),
      resolveSrv: async () => [],
      close: async () => {},
    }),
  }
  const parts = {
    ...{ accounts, clock, connector, log: silentLog, options: engineOptions('') },
    settings: { read: () => DEFAULT_SETTINGS },
    ...{ host: {}, tickets: null, machineDomain: null },
  } as unknown as EngineParts
  const secrets = {
    passwords: { read: async () => 'secret' },
    clientCertificates: { read: async () => null },
  } as unknown as Parameters<typeof storedLink>[2]
  const link = storedLink(parts, stored, secrets)
  const { signal } = new AbortController()
  const ewsUrl = async (hasFailed: boolean) => {
    const target = await link({ hasFailed, signal })
    return target.ok ? target.value.endpoints.ewsUrl : target.error.code
  }
  return { clock, accounts, asked, ewsUrl, stored }
}

describe('the way to a stored account’s server', () => {
  it('is the one that worked, for a week', async () => {
    const { clock, asked, ewsUrl } = setUp(MOVED)
    await clock.advance(167 * HOUR_MS)
    expect(await ewsUrl(false)).toBe(OLD)
    expect(asked).toEqual([])
  })

  it('is looked up after a week, where Autodiscover answered last time first, and kept', async () => {
    const { clock, accounts, asked, ewsUrl, stored } = setUp(MOVED)
    await clock.advance(168 * HOUR_MS)
    expect(await ewsUrl(false)).toBe(NEW)
    expect(asked).toEqual([LAST_URL])
    expect(accounts.find(stored.address)).toMatchObject({
      endpoints: { ewsUrl: NEW },
      discovery: { foundAtMs: 168 * HOUR_MS },
    })
  })

  it('is looked up when it fails, but not twice within an hour', async () => {
    const { clock, asked, ewsUrl } = setUp(NOTHING)
    await clock.advance(2 * HOUR_MS)
    expect(await ewsUrl(true)).toBe(OLD)
    const { length } = asked
    expect(length).toBeGreaterThan(0)
    expect(await ewsUrl(true)).toBe(OLD)
    expect(asked).toHaveLength(length)
    await clock.advance(HOUR_MS)
    await ewsUrl(true)
    expect(asked.length).toBeGreaterThan(length)
  })

  it('is not gone on with after the lookup was refused the password: that would be a second failed logon', async () => {
    const { clock, ewsUrl } = setUp(REFUSED)
    await clock.advance(2 * HOUR_MS)
    expect(await ewsUrl(true)).toBe('unauthorized')
  })

  it('is never looked up when its address was typed', async () => {
    const { clock, asked, ewsUrl } = setUp(MOVED, null)
    await clock.advance(1_000 * HOUR_MS)
    expect(await ewsUrl(true)).toBe(OLD)
    expect(asked).toEqual([])
  })
})

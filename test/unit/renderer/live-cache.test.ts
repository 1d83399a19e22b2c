import { createORPCClient } from '@orpc/client'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import type { Engine } from '../../../src/renderer/api/engine.ts'
import { keepCacheCurrent } from '../../../src/renderer/api/live-cache.ts'
import type { Account, ConnectionStatus } from '../../../src/shared/connections.ts'
import type { EngineClient } from '../../../src/shared/contract/index.ts'
import type { EngineEvent } from '../../../src/shared/events.ts'
import { address } from '../../support/people.ts'

const ADA: Account = {
  address: address('ada@fjordline.example'),
  userName: 'ada',
  auth: 'auto',
  ewsUrl: 'https://mail.fjordline.example/EWS/Exchange.asmx',
  isDemo: false,
  secretKeptIn: 'this-run',
  isBasic: false,
}
const ONLINE: ConnectionStatus = { account: ADA, state: 'online', error: null, busyUntilMs: null }

/** A page that was shown with a status, and how often its rows were forgotten. */
function setUp(first: ConnectionStatus | null) {
  const listeners = new Map<string, (event: EngineEvent) => void>()
  const queryClient = new QueryClient()
  const queries = createTanstackQueryUtils(createORPCClient<EngineClient>({ call: () => new Promise(() => {}) }))
  if (first !== null) queryClient.setQueryData(queries.connections.read.queryKey(), first)
  let resets = 0
  keepCacheCurrent({
    queries,
    queryClient,
    events: {
      on: (type: string, listener: (event: EngineEvent) => void) => listeners.set(type, listener),
      onStart: () => {},
    },
    rows: { reset: () => (resets += 1) },
  } as unknown as Engine)
  return {
    tell: (status: ConnectionStatus) => listeners.get('connection-changed')?.({ type: 'connection-changed', status }),
    shown: () => queryClient.getQueryData(queries.connections.read.queryKey()),
    resets: () => resets,
  }
}

it('leaves the grid as it is when the connection of the account that is shown breaks', () => {
  const page = setUp(ONLINE)
  const offline: ConnectionStatus = { ...ONLINE, state: 'offline' }
  page.tell(offline)
  expect(page.shown()).toEqual(offline)
  page.tell(ONLINE)
  expect(page.resets()).toBe(0)
})

it('forgets the rows of one account when another is opened, and when none is open any more', () => {
  const page = setUp(ONLINE)
  page.tell({ ...ONLINE, account: { ...ADA, address: address('bo@fjordline.example') } })
  page.tell({ account: null, state: 'none', error: null, busyUntilMs: null })
  expect(page.resets()).toBe(2)
})

it('asks anew for rows that came before the page knew whose they are', () => {
  const page = setUp(null)
  page.tell(ONLINE)
  expect(page.resets()).toBe(1)
})

import type { RouterUtils } from '@orpc/tanstack-query'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { EngineClient } from '../../shared/contract/index.ts'
import type { Bridge, LinkState } from './bridge.ts'
import type { EngineEvents } from './engine-events.ts'
import { startEngineEvents } from './engine-events.ts'
import { keepCacheCurrent } from './live-cache.ts'
import type { PeopleRows } from './people-rows.ts'
import { createPeopleRows } from './people-rows.ts'

/** Everything the page has of the engine. */
export interface Engine {
  readonly bridge: Bridge
  readonly client: EngineClient
  /** TanStack Query options and keys for each procedure. */
  readonly queries: RouterUtils<EngineClient>
  readonly events: EngineEvents
  readonly rows: PeopleRows
  readonly queryClient: QueryClient
}

/** Wires the bridge, the event stream, the query cache and the grid's rows together. Called once. */
export function createEngine(bridge: Bridge): Engine {
  const { client } = bridge
  const queries = createTanstackQueryUtils(client)
  const queryClient = new QueryClient({
    defaultOptions: {
      // The engine is on this machine: neither the network's state nor the window's focus says anything about its answers,
      // and events tell when they change.
      queries: {
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
  const events = startEngineEvents(bridge)
  const rows = createPeopleRows((input, signal) => client.people.search(input, { signal }))
  const engine = { bridge, client, queries, events, rows, queryClient }
  keepCacheCurrent(engine)
  return engine
}

const EngineContext = createContext<Engine | null>(null)

/** Gives the engine to everything inside. */
export function EngineProvider(props: { engine: Engine; children: ReactNode }) {
  return (
    <EngineContext.Provider value={props.engine}>
      <QueryClientProvider client={props.engine.queryClient}>{props.children}</QueryClientProvider>
    </EngineContext.Provider>
  )
}

/** The engine. Throws outside of an EngineProvider, which is a bug. */
export function useEngine(): Engine {
  const engine = useContext(EngineContext)
  if (engine === null) throw new Error('useEngine is used outside of an EngineProvider')
  return engine
}

/** Where the way to the engine stands. */
export function useLinkState(): LinkState {
  const { bridge } = useEngine()
  return useSyncExternalStore(bridge.subscribeLinkState, bridge.readLinkState)
}

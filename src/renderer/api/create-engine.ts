import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient } from '@tanstack/react-query'
import type { Bridge } from './bridge.ts'
import type { Engine } from './engine.ts'
import { startEngineEvents } from './engine-events.ts'
import { keepCacheCurrent } from './live-cache.ts'
import { createPeopleRows } from './people-rows.ts'

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
  const rows = createPeopleRows(
    (input, signal) => client.people.search(input, { signal }),
    (work) => requestAnimationFrame(work),
  )
  const engine = { bridge, client, queries, events, rows, queryClient }
  keepCacheCurrent(engine)
  return engine
}

import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { LinkState } from './bridge.ts'
import type { Engine } from './engine.ts'

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

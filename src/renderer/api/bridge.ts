import type { EngineClient } from '../../shared/contract/index.ts'

/** Where the way to the engine stands. `not-admitted`: the engine's host runs, but does not know this page. */
export type LinkState = 'connecting' | 'open' | 'lost' | 'not-admitted'

/** The one way from the page to the engine, whatever carries it. */
export interface Bridge {
  /** Calls wait while the way is being opened, and fail with a plain Error when it is lost under them. */
  readonly client: EngineClient
  readLinkState(): LinkState
  /** Tells about every change of the link's state; answers how to stop that. */
  subscribeLinkState(listener: () => void): () => void
}

/** A value with listeners, for `useSyncExternalStore`. */
export function createLinkStateStore(initial: LinkState) {
  const listeners = new Set<() => void>()
  let state = initial
  return {
    read: () => state,
    set(next: LinkState) {
      if (next === state) return
      state = next
      for (const listener of listeners) listener()
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

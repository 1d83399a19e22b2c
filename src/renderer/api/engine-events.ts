import type { EngineClient } from '../../shared/contract/index.ts'
import type { EngineEvent } from '../../shared/events.ts'
import type { Bridge } from './bridge.ts'

type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>

/** Tells the page's parts what the engine tells the page. */
export interface EngineEvents {
  /** Calls the listener for each event of the type; answers how to stop that. */
  on<Type extends EngineEvent['type']>(type: Type, listener: (event: EventOf<Type>) => void): () => void
  /** Called when the stream starts and whenever it starts again: events may have been missed until then. */
  onStart(listener: () => void): () => void
}

/** How long to wait before watching again after the stream ended, ms. */
const WATCH_AGAIN_MS = 300

async function watchOnce(client: EngineClient, emit: (event: EngineEvent) => void, onStart: () => void): Promise<void> {
  const stream = await client.app.watch()
  onStart()
  for await (const event of stream) emit(event)
}

/** Starts watching the engine, for as long as the page lives. */
export function startEngineEvents(bridge: Bridge): EngineEvents {
  const listeners = new Map<string, Set<(event: EngineEvent) => void>>()
  const startListeners = new Set<() => void>()
  const emit = (event: EngineEvent) => {
    for (const listener of listeners.get(event.type) ?? []) listener(event)
  }
  const onStart = () => {
    for (const listener of startListeners) listener()
  }
  const watch = async (): Promise<void> => {
    for (;;) {
      await watchOnce(bridge.client, emit, onStart).catch(() => undefined)
      await new Promise((resolve) => {
        setTimeout(resolve, WATCH_AGAIN_MS)
      })
    }
  }
  void watch()
  return {
    on(type, listener) {
      const ofType = listeners.get(type) ?? new Set()
      listeners.set(type, ofType)
      const wrapped = (event: EngineEvent) => {
        if (event.type === type) listener(event as EventOf<typeof type>)
      }
      ofType.add(wrapped)
      return () => {
        ofType.delete(wrapped)
      }
    },
    onStart(listener) {
      startListeners.add(listener)
      return () => {
        startListeners.delete(listener)
      }
    },
  }
}

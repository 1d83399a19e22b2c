import type { EngineEvent } from '../../shared/events.ts'

/** Events that may wait for one watcher; beyond it, it is told to ask again for everything instead. */
const WAITING_EVENTS = 200

/** Tells every watcher what changes. */
export interface EventHub {
  emit(event: EngineEvent): void
  hasWatchers(): boolean
  /** What changes from now on, until the signal is aborted or the hub is closed. */
  watch(signal: AbortSignal | undefined): AsyncGenerator<EngineEvent, void>
  close(): void
}

interface Watcher {
  waiting: EngineEvent[]
  wake: () => void
}

/** Makes a hub that nobody watches. */
export function createEventHub(): EventHub {
  const watchers = new Set<Watcher>()
  let isClosed = false

  function enqueue(watcher: Watcher, event: EngineEvent): void {
    watcher.waiting = watcher.waiting.filter((waiting) => !isOutdatedBy(waiting, event))
    if (watcher.waiting.length >= WAITING_EVENTS && event.type === 'photos-changed') {
      watcher.waiting = watcher.waiting.filter((waiting) => waiting.type !== 'photos-changed')
      enqueue(watcher, { type: 'people-changed', revision: event.revision })
    } else watcher.waiting.push(event)
    watcher.wake()
  }

  async function* watch(signal: AbortSignal | undefined): AsyncGenerator<EngineEvent, void> {
    const watcher: Watcher = { waiting: [], wake: () => {} }
    const wake = (): void => watcher.wake()
    watchers.add(watcher)
    signal?.addEventListener('abort', wake)
    try {
      while (!isClosed && signal?.aborted !== true) {
        const event = watcher.waiting.shift()
        if (event !== undefined) yield event
        else {
          await new Promise<void>((resolve) => {
            watcher.wake = resolve
          })
        }
      }
    } finally {
      watchers.delete(watcher)
      signal?.removeEventListener('abort', wake)
    }
  }

  return {
    emit(event) {
      for (const watcher of watchers) enqueue(watcher, event)
    },
    hasWatchers: () => watchers.size > 0,
    watch,
    close() {
      isClosed = true
      for (const watcher of watchers) watcher.wake()
    },
  }
}

/** Whether an event that still waits says nothing any more once the newer one is told. */
function isOutdatedBy(waiting: EngineEvent, newer: EngineEvent): boolean {
  if (waiting.type === 'photos-changed') return false
  if (waiting.type === 'job-changed') return newer.type === 'job-changed' && waiting.job.id === newer.job.id
  return waiting.type === newer.type
}

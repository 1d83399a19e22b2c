/** Who waits; the first goes first (F48). */
export const PRIORITIES = ['visible', 'opened', 'background'] as const
export type Priority = (typeof PRIORITIES)[number]

/** What the queue needs to know of an entry: whether it still waits. */
export interface Queued {
  isWaiting: boolean
}

/** First in, first out within a priority. Entries that stopped waiting are dropped when their turn comes. */
export interface GateQueue<T extends Queued> {
  push(priority: Priority, entry: T): void
  /** The next that still waits; null when nobody does. */
  take(): T | null
  /** Takes everybody out. */
  drain(): T[]
}

/** Makes an empty queue. Every operation costs the same however long the queue is. */
export function createGateQueue<T extends Queued>(): GateQueue<T> {
  const lanes: Record<Priority, { entries: T[]; head: number }> = {
    visible: { entries: [], head: 0 },
    opened: { entries: [], head: 0 },
    background: { entries: [], head: 0 },
  }

  function takeFrom(priority: Priority): T | null {
    const lane = lanes[priority]
    while (lane.head < lane.entries.length) {
      const entry = lane.entries[lane.head]
      lane.head += 1
      if (entry?.isWaiting) return entry
    }
    lane.entries = []
    lane.head = 0
    return null
  }

  function take(): T | null {
    return takeFrom('visible') ?? takeFrom('opened') ?? takeFrom('background')
  }

  return {
    push(priority, entry) {
      lanes[priority].entries.push(entry)
    },
    take,
    drain() {
      const all: T[] = []
      for (let entry = take(); entry !== null; entry = take()) {
        entry.isWaiting = false
        all.push(entry)
      }
      return all
    },
  }
}

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

/** A place in a lane. Linked, so that whoever was taken is not held on to by those who still wait behind. */
interface Place<T> {
  readonly entry: T
  next: Place<T> | null
}

interface Lane<T> {
  first: Place<T> | null
  last: Place<T> | null
}

/** Makes an empty queue. Every operation costs the same however long the queue is. */
export function createGateQueue<T extends Queued>(): GateQueue<T> {
  const lanes: Record<Priority, Lane<T>> = {
    visible: { first: null, last: null },
    opened: { first: null, last: null },
    background: { first: null, last: null },
  }

  function takeFrom(priority: Priority): T | null {
    const lane = lanes[priority]
    while (lane.first !== null) {
      const { entry, next } = lane.first
      lane.first = next
      if (next === null) lane.last = null
      if (entry.isWaiting) return entry
    }
    return null
  }

  function take(): T | null {
    return takeFrom('visible') ?? takeFrom('opened') ?? takeFrom('background')
  }

  return {
    push(priority, entry) {
      const lane = lanes[priority]
      const place: Place<T> = { entry, next: null }
      if (lane.last === null) lane.first = place
      else lane.last.next = place
      lane.last = place
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

import type { Line } from './create-line.ts'

/** Lends lines, the one used last first, so that as few sockets as possible are signed in. */
export interface LinePool {
  /** Waits for a free line; null when the signal is aborted first. */
  borrow(signal: AbortSignal): Promise<Line | null>
  giveBack(line: Line): void
  close(): Promise<void>
}

/** @param size lines at most; one is made when it is first needed */
export function createLinePool(size: number, createLine: () => Line): LinePool {
  const all: Line[] = []
  const free: Line[] = []
  const waiting: ((line: Line) => void)[] = []

  const wait = (signal: AbortSignal): Promise<Line | null> =>
    new Promise((resolve) => {
      const onAbort = () => {
        waiting.splice(waiting.indexOf(take), 1)
        resolve(null)
      }
      const take = (line: Line) => {
        signal.removeEventListener('abort', onAbort)
        resolve(line)
      }
      waiting.push(take)
      signal.addEventListener('abort', onAbort, { once: true })
    })

  return {
    async borrow(signal) {
      if (signal.aborted) return null
      const line = free.pop()
      if (line !== undefined) return line
      if (all.length >= size) return wait(signal)
      const made = createLine()
      all.push(made)
      return made
    },
    giveBack(line) {
      const next = waiting.shift()
      if (next === undefined) free.push(line)
      else next(line)
    },
    async close() {
      await Promise.all(all.map((line) => line.close()))
    },
  }
}

import { waitOf } from '../../../shared/wait-words.ts'
import type { EngineHandle } from '../../engine/host-ports.ts'
import type { CommandContext } from './command-context.ts'

/** Answers that were on their way together ask for almost the same pause: it is said again when it is longer by this (ms). */
const LONGER_MS = 5_000

/**
 * Says each pause that the server asks for, with its end, until it is told to stop.
 * @returns stops it
 */
export function tellPauses({ output }: CommandContext, { client }: EngineHandle): () => void {
  const over = new AbortController()
  let toldMs = 0

  async function watch(): Promise<void> {
    const events = await client.app.watch(undefined, { signal: over.signal })
    for await (const event of events) {
      if (event.type !== 'connection-changed') continue
      const { busyUntilMs } = event.status
      if (busyUntilMs === null || busyUntilMs < toldMs + LONGER_MS) continue
      toldMs = busyUntilMs
      output.message(pauseWords(busyUntilMs))
    }
  }

  // It ends by being stopped; and without an engine there is nothing to tell.
  watch().catch(() => undefined)
  return () => over.abort()
}

function pauseWords(untilMs: number): string {
  const { count, unit } = waitOf(untilMs - Date.now())
  const end = new Date(untilMs).toISOString()
  return `The server asks for a pause of ${count} ${unit}, until ${end}. The work goes on by itself then; Ctrl+C cancels it.`
}

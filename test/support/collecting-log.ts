import type { Log } from '../../src/main/core/ports.ts'

/** A log that keeps what it is told. */
export function collectingLog(): Log & { readonly lines: { level: string; message: string; facts: unknown }[] } {
  const lines: { level: string; message: string; facts: unknown }[] = []
  const at = (level: string) => (message: string, facts?: Record<string, unknown>) => {
    lines.push({ level, message, facts })
  }
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

import type { Readable } from 'node:stream'
import { fail, ok, type Result } from '../../../shared/result.ts'

/** More than any password; what is longer is not one. */
const MAX_PASSWORD_BYTES = 4_096

/** Reads the first line of stdin, without its line break. Fails with `invalid-input` when it is empty or too long. */
export async function readPassword(stdin: Readable, signal: AbortSignal): Promise<Result<string>> {
  if (signal.aborted) return fail({ code: 'cancelled' })
  const chunks: Buffer[] = []
  let bytes = 0
  // Somebody who presses Ctrl+C instead of typing is not waited for.
  const stop = () => stdin.destroy()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
      const buffer = Buffer.from(chunk)
      chunks.push(buffer)
      bytes += buffer.length
      if (buffer.includes(0x0a) || bytes > MAX_PASSWORD_BYTES) break
    }
  } catch {
    if (!signal.aborted)
      return fail({ code: 'invalid-input', field: '--password-stdin', reason: 'stdin cannot be read' })
  } finally {
    signal.removeEventListener('abort', stop)
    // Whatever else is in the pipe is not wanted, and must not keep the process alive.
    stdin.pause()
  }
  if (signal.aborted) return fail({ code: 'cancelled' })
  const [line = ''] = Buffer.concat(chunks).toString('utf8').split(/\r?\n/, 1)
  const isUsable = line !== '' && line.length <= 1024
  return isUsable
    ? ok(line)
    : fail({
        code: 'invalid-input',
        field: '--password-stdin',
        reason: 'a password of 1 to 1024 characters is expected',
      })
}

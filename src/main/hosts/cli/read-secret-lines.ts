import type { Readable } from 'node:stream'
import { fail, ok, type Result } from '../../../shared/result.ts'

/** More than any password; what is longer is not one. */
const MAX_SECRET_BYTES = 4_096

/**
 * Reads one line of stdin for each option that a secret belongs to, in this order, without the line breaks; the
 * lines behind them can be read by another call. Fails with `invalid-input` when one is empty or too long.
 * @param options such as `--password-stdin`
 */
export async function readSecretLines(
  stdin: Readable,
  options: readonly string[],
  signal: AbortSignal,
): Promise<Result<string[]>> {
  if (signal.aborted) return fail({ code: 'cancelled' })
  if (options.length === 0) return ok([])
  const text = await readLines(stdin, options.length, signal)
  if (signal.aborted) return fail({ code: 'cancelled' })
  const lines = (text ?? '').split(/\r?\n/).slice(0, options.length)
  for (const [at, option] of options.entries()) {
    const line = lines[at] ?? ''
    const wrong = (reason: string) => fail({ code: 'invalid-input', field: option, reason })
    if (text === null) return wrong('stdin cannot be read')
    if (line === '' || line.length > 1024) {
      const which = options.length === 1 ? '' : ` on line ${at + 1} of stdin`
      return wrong(`a ${WORDS[option] ?? 'password'} of 1 to 1024 characters is expected${which}`)
    }
  }
  return ok(lines)
}

const WORDS: Readonly<Record<string, string>> = { '--client-passphrase-stdin': 'passphrase' }

/** So many lines, or less when there are no more. Null: stdin cannot be read. */
async function readLines(stdin: Readable, count: number, signal: AbortSignal): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  let breaks = 0
  // Somebody who presses Ctrl+C instead of typing is not waited for.
  const stop = () => stdin.destroy()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
      const buffer = Buffer.from(chunk)
      chunks.push(buffer)
      bytes += buffer.length
      breaks += buffer.filter((byte) => byte === 0x0a).length
      if (breaks >= count || bytes > MAX_SECRET_BYTES * count) break
    }
  } catch {
    if (!signal.aborted) return null
  } finally {
    signal.removeEventListener('abort', stop)
    putBack(stdin, Buffer.concat(chunks), count)
    // Whatever else is in the pipe must not keep the process alive.
    stdin.pause()
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** What was read behind these lines is for whoever reads next. */
function putBack(stdin: Readable, read: Buffer, lines: number): void {
  let end = -1
  for (let line = 0; line < lines; line += 1) {
    end = read.indexOf(0x0a, end + 1)
    if (end < 0) return
  }
  if (end + 1 < read.length && !stdin.readableEnded && !stdin.destroyed) stdin.unshift(read.subarray(end + 1))
}

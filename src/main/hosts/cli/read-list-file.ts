import { readFile } from 'node:fs/promises'
import { fail, ok, type Result } from '../../../shared/result.ts'

/** The longest list that is read, bytes; the contract takes no longer one. */
const MAX_LIST_BYTES = 10_000_000

/** Reads a list from a file. Fails with `invalid-input` when the file cannot be read, is not text, or is too long. */
export async function readListFile(file: string): Promise<Result<string>> {
  const refuse = (reason: string) => fail({ code: 'invalid-input', field: '--emails', reason: `${file} ${reason}` })
  try {
    const bytes = await readFile(file)
    if (bytes.length > MAX_LIST_BYTES) return refuse('is longer than 10 MB')
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.trim() === '' ? refuse('is empty') : ok(text)
  } catch (cause) {
    return refuse(`cannot be read (${describeCause(cause)})`)
  }
}

function describeCause(cause: unknown): string {
  if (cause instanceof TypeError) return 'it is not UTF-8 text'
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
}

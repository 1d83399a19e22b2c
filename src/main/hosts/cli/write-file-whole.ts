import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fail, ok, type Result } from '../../../shared/result.ts'

/**
 * Writes a file that is there whole or not at all: under another name beside it first, then moved into place. A file that was
 * there is replaced, because it was named by hand. Fails with `not-writable`.
 */
export async function writeFileWhole(file: string, text: string): Promise<Result<null>> {
  const target = resolve(file)
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.part`)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(text, 'utf8')
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, target)
    return ok(null)
  } catch (cause) {
    await rm(temporary, { force: true })
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
    return fail({ code: 'not-writable', target: file, reason })
  }
}

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Log } from '../core/ports.ts'

/**
 * Reads a JSON file by its schema; `fallback` when there is none. A file that does not fit is kept aside as `<file>.damaged`
 * and said in the log, so that nothing is lost and the start goes on.
 */
export function readJsonFile<T>(file: string, schema: z.ZodType<T>, fallback: T, log: Log): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    const code = codeOf(cause)
    if (code === 'ENOENT') return fallback
    log.warn('a file cannot be read and is not used', { file, reason: code })
    if (code === 'not-valid') setAside(file, log)
    return fallback
  }
}

/**
 * Replaces a JSON file in one step, readable by its owner only: after a crash there is the old one or the new one, never half
 * of one. Fails with `not-writable`.
 */
export function writeJsonFile(file: string, value: unknown, log: Log): Result<null> {
  const part = `${file}.${process.pid}.part`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    try {
      writeFileSync(part, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true })
      renameSync(part, file)
    } finally {
      rmSync(part, { force: true })
    }
    return ok(null)
  } catch (cause) {
    log.warn('a file cannot be written', { file, reason: codeOf(cause) })
    return fail({ code: 'not-writable', target: file, reason: codeOf(cause) })
  }
}

function setAside(file: string, log: Log): void {
  try {
    renameSync(file, `${file}.damaged`)
  } catch (cause) {
    log.warn('a damaged file cannot be set aside', { file, reason: codeOf(cause) })
  }
}

/** The system's code; `not-valid` for what the file system had no part in. */
function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'not-valid'
}

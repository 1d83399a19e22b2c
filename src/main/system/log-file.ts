import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import { makeFolder } from './make-folder.ts'
import { systemCodeOf } from './system-code.ts'

/** Bytes after which a log file moves aside. */
const MAX_LOG_BYTES = 5_000_000

/** A place for lines. */
export interface LogFile {
  write(line: string): void
  close(): void
}

/**
 * Opens a log file for appending, readable by its owner only. Over `maxBytes` it becomes `<file>.1`, replacing an older one.
 * Each line is written at once, so that a crash loses none. Fails with `not-writable`.
 */
export function openLogFile(file: string, maxBytes = MAX_LOG_BYTES): Result<LogFile> {
  try {
    makeFolder(dirname(file), 0o700)
    return ok(new RotatingFile(file, maxBytes))
  } catch (error) {
    return fail({ code: 'not-writable', target: file, reason: systemCodeOf(error) })
  }
}

class RotatingFile implements LogFile {
  readonly #file: string
  readonly #maxBytes: number
  #handle: number | null
  #bytes: number

  constructor(file: string, maxBytes: number) {
    this.#file = file
    this.#maxBytes = maxBytes
    this.#handle = openSync(file, 'a', 0o600)
    this.#bytes = fstatSync(this.#handle).size
  }

  write(line: string): void {
    try {
      if (this.#bytes >= this.#maxBytes) this.#rotate()
      if (this.#handle !== null) this.#bytes += writeSync(this.#handle, line)
    } catch {
      // A full disk must not stop the work that is logged; the line is lost.
    }
  }

  close(): void {
    if (this.#handle !== null) closeSync(this.#handle)
    this.#handle = null
  }

  #rotate(): void {
    this.close()
    this.#bytes = 0
    renameSync(this.#file, `${this.#file}.1`)
    this.#handle = openSync(this.#file, 'a', 0o600)
  }
}

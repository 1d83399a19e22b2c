import { createHash } from 'node:crypto'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { SmtpAddress } from '../../shared/smtp-address.ts'

/** Letters of the readable part of a library's file name, at most. */
const MAX_NAME_LETTERS = 60

/**
 * The library file of an account under the data folder. The address may hold anything, so the name is a readable part that is
 * safe on every system, and a mark that tells apart what reads alike.
 */
export function libraryFile(dataDir: string, address: SmtpAddress): string {
  const readable = address.replaceAll('@', '_at_').replace(/[^a-z0-9._-]/g, '_')
  const mark = createHash('sha256').update(address).digest('hex').slice(0, 12)
  return join(dataDir, 'libraries', `${readable.slice(0, MAX_NAME_LETTERS)}-${mark}.sqlite`)
}

/** Removes a closed library: the file, what SQLite keeps beside it, and the backups of earlier schemas. */
export function removeLibrary(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
  const folder = dirname(file)
  const names = existsSync(folder) ? readdirSync(folder) : []
  for (const name of names) {
    if (name.startsWith(`${basename(file)}.v`)) rmSync(join(folder, name), { force: true })
  }
}

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { SmtpAddress } from '../../shared/smtp-address.ts'

/** Letters of the readable part of a library's file name, at most. */
const MAX_NAME_LETTERS = 60

/**
 * The library file of an account under the data folder. The address may hold anything, so the name is a readable part that is
 * safe on every system, and a mark that tells apart what reads alike.
 */
export function libraryFile(dataDir: string, address: SmtpAddress): string {
  return join(dataDir, 'libraries', `${fileStem(address)}.sqlite`)
}

/** The file of an account's accepted findings, apart from its library. */
export function acceptedFindingsFile(dataDir: string, address: SmtpAddress): string {
  return join(dataDir, 'accepted', `${fileStem(address)}.json`)
}

function fileStem(address: SmtpAddress): string {
  const readable = address.replaceAll('@', '_at_').replace(/[^a-z0-9._-]/g, '_')
  const mark = createHash('sha256').update(address).digest('hex').slice(0, 12)
  return `${readable.slice(0, MAX_NAME_LETTERS)}-${mark}`
}

/** What SQLite keeps beside a library. */
const COMPANIONS = ['-wal', '-shm', '-journal'] as const

/** A file beside a library that is a copy of it: damaged and set aside, or from before an update of the schema. */
export interface SetAsideFile {
  readonly name: string
  readonly bytes: number
}

/** Removes a closed library: the file, what SQLite keeps beside it, and every copy. */
export function removeLibrary(file: string): void {
  for (const suffix of ['', ...COMPANIONS]) rmSync(`${file}${suffix}`, { force: true })
  removeSetAside(file)
}

/**
 * Sets a closed library aside, with its write-ahead log, under a name that tells when. What is there twice is numbered.
 * Throws what the file system throws.
 */
export function setLibraryAside(file: string, nowMs: number): void {
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/g, '-')
  let aside = `${file}.${stamp}.aside`
  for (let number = 2; existsSync(aside); number += 1) aside = `${file}.${stamp}-${number}.aside`
  // The log first: a file without its log can be read as it was, a log without its file is lost.
  for (const suffix of [...COMPANIONS, '']) {
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${aside}${suffix}`)
  }
}

/** The copies beside a library. */
export function listSetAside(file: string): SetAsideFile[] {
  return copiesOf(file).map((name) => ({ name, bytes: statSync(join(dirname(file), name)).size }))
}

/** Removes the copies; answers how many there were. */
export function removeSetAside(file: string): number {
  const names = copiesOf(file)
  for (const name of names) rmSync(join(dirname(file), name), { force: true })
  return names.length
}

function copiesOf(file: string): string[] {
  const folder = dirname(file)
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names.filter(
    (name) => name.startsWith(`${basename(file)}.`) && /\.(backup|part|aside)(-wal|-shm|-journal)?$/.test(name),
  )
}

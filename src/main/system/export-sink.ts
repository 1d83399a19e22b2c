import { constants } from 'node:fs'
import { copyFile, link, mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { ExportSink, ExportSinkFactory } from '../core/export/ports.ts'
import { makeFolder } from './make-folder.ts'
import { systemCodeOf } from './system-code.ts'

/** Begins the name of the folder in which an export grows until it is whole. */
const PART_PREFIX = '.rollcall-export-'

/** A folder of an export that nobody works on any more, ms since its last change. */
const ABANDONED_AFTER_MS = 24 * 3_600_000

/** Opens sinks on folders of this computer. */
export function createExportSinkFactory(): ExportSinkFactory {
  return {
    open: async (folder) => {
      try {
        makeFolder(folder)
        await removeAbandoned(folder)
        return ok(new FolderSink(folder, await mkdtemp(join(folder, PART_PREFIX))))
      } catch (error) {
        return notWritable(folder, error)
      }
    },
  }
}

class FolderSink implements ExportSink {
  readonly #folder: string
  readonly #partFolder: string
  readonly #names: string[] = []

  constructor(folder: string, partFolder: string) {
    this.#folder = folder
    this.#partFolder = partFolder
  }

  async listTaken(): Promise<ReadonlySet<string>> {
    const names = await readdir(this.#folder)
    return new Set(names.filter((name) => !name.startsWith(PART_PREFIX)).map(comparable))
  }

  async write(name: string, bytes: Uint8Array): Promise<Result<null>> {
    if (!isPlainName(name)) return fail({ code: 'invalid-input', field: 'name', reason: 'not a plain file name' })
    try {
      await writeFile(join(this.#partFolder, name), bytes, { flag: 'wx', flush: true })
      this.#names.push(name)
      return ok(null)
    } catch (error) {
      return systemCodeOf(error) === 'EEXIST'
        ? fail({ code: 'name-taken', name })
        : notWritable(join(this.#folder, name), error)
    }
  }

  async commit(): Promise<Result<null>> {
    const placed: string[] = []
    try {
      const taken = await this.listTaken()
      const clash = this.#names.find((name) => taken.has(comparable(name)))
      if (clash !== undefined) return fail({ code: 'name-taken', name: clash })
      for (const name of this.#names) {
        await placeNew(join(this.#partFolder, name), join(this.#folder, name))
        placed.push(name)
      }
      await this.discard()
      await flushFolder(this.#folder)
      return ok(null)
    } catch (error) {
      for (const name of placed) await rm(join(this.#folder, name), { force: true })
      const name = this.#names[placed.length]
      const isTaken = name !== undefined && systemCodeOf(error) === 'EEXIST'
      return isTaken ? fail({ code: 'name-taken', name }) : notWritable(this.#folder, error)
    }
  }

  async discard(): Promise<void> {
    await rm(this.#partFolder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** A name as a file system that knows no case would compare it. */
function comparable(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/** Whether a name stays inside the folder it is joined to, on any system. */
function isPlainName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not pass
  return name !== '' && name !== '.' && name !== '..' && !/[/\\:\u0000-\u001f]/.test(name)
}

/**
 * Gives a finished file its final place without ever replacing another file: a hard link fails where a rename would overwrite.
 * File systems without hard links (FAT, some shares) get an exclusive copy.
 */
async function placeNew(part: string, target: string): Promise<void> {
  try {
    await link(part, target)
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') throw error
    await copyNew(part, target)
  }
}

async function copyNew(part: string, target: string): Promise<void> {
  try {
    await copyFile(part, target, constants.COPYFILE_EXCL)
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') await rm(target, { force: true })
    throw error
  }
}

/** Makes the new names durable where the system can: Windows and some shares cannot flush a folder. */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    // The files themselves are flushed; a folder that cannot be is as durable as its system makes it.
  }
}

/** Removes what an export that was killed left behind. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || !entry.name.startsWith(PART_PREFIX)) continue
    const path = join(folder, entry.name)
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true })
  }
}

function notWritable(target: string, error: unknown) {
  return fail({ code: 'not-writable', target, reason: systemCodeOf(error) })
}

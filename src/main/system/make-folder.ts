import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { systemCodeOf } from './system-code.ts'

/**
 * Makes a folder and those above it, where they are not there yet. Throws the system's error when one cannot be made. Node's own
 * recursive mkdir never ends where the system says ENOENT although the folder above is there, as it does below /proc.
 * @param mode as for a file, less the umask
 */
export function makeFolder(folder: string, mode = 0o777): void {
  if (isFolder(folder)) return
  const above = dirname(folder)
  try {
    mkdirSync(folder, { mode })
    return
  } catch (cause) {
    if (systemCodeOf(cause) !== 'ENOENT' || above === folder) return throwUnlessThere(folder, cause)
  }
  makeFolder(above, mode)
  try {
    mkdirSync(folder, { mode })
  } catch (cause) {
    throwUnlessThere(folder, cause)
  }
}

/** Somebody else may have made it meanwhile. */
function throwUnlessThere(folder: string, cause: unknown): void {
  if (!isFolder(folder)) throw cause
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

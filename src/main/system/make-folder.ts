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
  const cause = tryToMake(folder, mode)
  if (cause === null) return
  const above = dirname(folder)
  if (systemCodeOf(cause) !== 'ENOENT' || above === folder) throw cause
  makeFolder(above, mode)
  const second = tryToMake(folder, mode)
  if (second !== null) throw second
}

/** Null when it is there then: somebody else may have made it meanwhile. */
function tryToMake(folder: string, mode: number): unknown {
  try {
    mkdirSync(folder, { mode })
    return null
  } catch (cause) {
    return isFolder(folder) ? null : cause
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

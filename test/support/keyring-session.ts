import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryFolder } from './temporary-folder.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')

/** Why the operating system's store cannot be tried out here; null when it can. */
export function missingKeyring(): string | null {
  if (process.platform !== 'linux') return 'needs Linux'
  for (const program of ['dbus-run-session', 'gnome-keyring-daemon']) {
    if (spawnSync(program, ['--help']).error !== undefined) return `${program} is not installed`
  }
  const keytar = spawnSync(process.execPath, ['-e', "require('keytar')"], { cwd: root })
  return keytar.status === 0 ? null : 'keytar is not installed'
}

/** Runs a line of shell in a session of its own, with a Secret Service that is unlocked. */
export function inKeyringSession(line: string, args: readonly string[]) {
  const home = temporaryFolder()
  const script = `printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    ${line}`
  return run('dbus-run-session', ['--', 'sh', '-c', script, 'sh', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: home },
  })
}

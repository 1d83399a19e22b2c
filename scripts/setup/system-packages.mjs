import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { runQuietly } from './processes.mjs'
import { say } from './say.mjs'

/**
 * The path of a program on the PATH; null when there is none.
 * @param {string} name
 */
export function findProgram(name) {
  for (const dir of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(dir, name)
    try {
      if (dir === '') continue
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // Not in this folder.
    }
  }
  return null
}

/** Whether this is Debian or one of its children, which have apt. */
function isDebian() {
  if (process.platform !== 'linux' || !findProgram('apt-get') || !existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/** Whether we are the superuser of a Unix. */
export function isRoot() {
  return process.getuid?.() === 0
}

/**
 * Installs packages with apt where that can be done without asking anybody; else says which command would do it.
 * @param {readonly string[]} packages
 * @param {string} purpose what they are for, for the line that is said
 * @returns {Promise<boolean>} whether they are there now
 */
export async function ensurePackages(packages, purpose) {
  if (packages.length === 0) return true
  if (!isDebian()) return false
  const command = `apt-get install -y ${packages.join(' ')}`
  if (!isRoot()) {
    say(`For ${purpose}, this would be needed:  sudo ${command}`)
    return false
  }
  say(`Installing ${packages.join(', ')} for ${purpose} …`)
  if (await apt('install', packages)) return true
  await apt('update', [])
  if (await apt('install', packages)) return true
  say(`That did not work; going on without. To try by hand:  ${command}`)
  return false
}

/**
 * @param {'install' | 'update'} verb
 * @param {readonly string[]} packages
 */
async function apt(verb, packages) {
  const options = verb === 'install' ? ['-y', '--no-install-recommends'] : []
  const ended = await runQuietly('apt-get', [verb, ...options, ...packages], {
    log: `apt-${verb}`,
    limitMs: 600_000,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  })
  return ended.code === 0
}

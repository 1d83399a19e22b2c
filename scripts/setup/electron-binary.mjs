import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { runQuietly } from './processes.mjs'
import { inProject, keepFact, readFact } from './project.mjs'
import { say } from './say.mjs'

const ELECTRON_DIR = inProject('node_modules', 'electron')
const FACT = 'electron-download-failed'
const DAY_MS = 86_400_000
const PROBE_LIMIT_MS = 5_000

/**
 * Electron's binary, downloaded when it is not there. Null when it cannot be had, which is said in one line; the failure
 * is remembered for a day, so that the next start does not wait for it.
 * @param {{ isForced: boolean }} options forced: tried again whatever is remembered
 * @returns {Promise<string | null>}
 */
export async function ensureElectron({ isForced }) {
  const held = findElectron()
  if (held) return held
  if (!isForced && hasFailedToday()) {
    say('Electron’s download failed earlier today; using the browser mode. (npm start -- --desktop tries again.)')
    return null
  }
  say(`Downloading Electron ${electronVersion()} …`)
  // A server that answers may be slow; one that does not answer at all is not waited for.
  const limitMs = (await canReachDownload()) ? 900_000 : 10_000
  await runQuietly(process.execPath, [join(ELECTRON_DIR, 'install.js')], { log: 'electron', limitMs })
  const fetched = findElectron()
  if (!fetched) {
    keepFact(FACT, { version: electronVersion(), atMs: Date.now() })
    say('Electron could not be downloaded from here, so there is no desktop window.')
  }
  return fetched
}

function electronVersion() {
  return JSON.parse(readFileSync(join(ELECTRON_DIR, 'package.json'), 'utf8')).version
}

function findElectron() {
  const pathFile = join(ELECTRON_DIR, 'path.txt')
  if (!existsSync(pathFile)) return null
  const distDir = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(ELECTRON_DIR, 'dist')
  const binary = join(distDir, readFileSync(pathFile, 'utf8').trim())
  return existsSync(binary) ? binary : null
}

function hasFailedToday() {
  const fact = readFact(FACT)
  return fact !== null && fact['version'] === electronVersion() && Date.now() - Number(fact['atMs']) < DAY_MS
}

/** Whether the place that Electron comes from answers. With a proxy or a mirror that is left to Electron's own installer. */
async function canReachDownload() {
  const { HTTPS_PROXY, https_proxy, ELECTRON_MIRROR, npm_config_electron_mirror } = process.env
  if (HTTPS_PROXY || https_proxy || ELECTRON_MIRROR || npm_config_electron_mirror) return true
  try {
    await fetch('https://github.com/electron/electron/releases', {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(PROBE_LIMIT_MS),
    })
    return true
  } catch {
    return false
  }
}

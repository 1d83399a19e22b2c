import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const PROJECT_DIR = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Facts about this machine that a later run can use; may be deleted at any time. */
const CACHE_DIR = join(PROJECT_DIR, '.cache')

/**
 * A path in the project.
 * @param {...string} parts
 */
export function inProject(...parts) {
  return join(PROJECT_DIR, ...parts)
}

/**
 * A path in the cache folder, which is made when it is not there.
 * @param {...string} parts
 */
export function inCache(...parts) {
  const file = join(CACHE_DIR, ...parts)
  mkdirSync(dirname(file), { recursive: true })
  return file
}

/**
 * The folder that a person's relative paths are meant from: npm runs its scripts in the project's folder, wherever it was
 * called.
 * @param {string} npmScript the script's name in package.json
 */
export function callersDir(npmScript) {
  const { npm_lifecycle_event: runningScript, INIT_CWD: callersDirByNpm } = process.env
  return runningScript === npmScript && callersDirByNpm ? callersDirByNpm : process.cwd()
}

/**
 * Reads a small JSON fact from the cache; null when it is not there or spoilt.
 * @param {string} name
 * @returns {Record<string, unknown> | null}
 */
export function readFact(name) {
  try {
    const value = JSON.parse(readFileSync(inCache(`${name}.json`), 'utf8'))
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}

/**
 * Keeps a small JSON fact in the cache.
 * @param {string} name
 * @param {Record<string, unknown>} value
 */
export function keepFact(name, value) {
  writeFileSync(inCache(`${name}.json`), `${JSON.stringify(value)}\n`)
}

/**
 * A hash over the names and bytes of files and whole folders, for noticing that something built from them is stale.
 * @param {readonly string[]} paths relative to the project
 */
export function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) addToHash(hash, path)
  return hash.digest('hex')
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path relative to the project
 */
function addToHash(hash, path) {
  const file = inProject(path)
  if (!existsSync(file)) return
  if (statSync(file).isDirectory()) {
    for (const name of readdirSync(file).sort()) addToHash(hash, `${path}/${name}`)
    return
  }
  hash.update(`${path}\0`).update(readFileSync(file))
}

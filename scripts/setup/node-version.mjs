import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { runNpm } from './npm.mjs'
import { runInForeground } from './processes.mjs'
import { inProject, keepFact, readFact } from './project.mjs'
import { say } from './say.mjs'

const WANTED_MAJOR = 24

/**
 * Answers true when this Node is new enough. If it is not, runs the same script with the same arguments under a newer
 * one from the npm registry, ends the process with its exit code, and never returns.
 * @param {string} script the absolute path of the script to carry on with
 */
export async function ensureNode(script) {
  const needed = neededVersion()
  if (isAtLeast(process.versions.node, needed)) return true
  const node = readCachedNode(needed) ?? (await fetchNode(needed))
  if (!node) {
    say(
      `Rollcall needs Node ${needed.join('.')} or newer; this is ${process.versions.node}. Install it from nodejs.org and start again.`,
    )
    process.exit(1)
  }
  process.exit(
    await runInForeground(node, [script, ...process.argv.slice(2)], { env: { ROLLCALL_OLD_NODE: process.execPath } }),
  )
}

/** The version that package.json's "engines" asks for, such as [22, 19]. */
function neededVersion() {
  const range = JSON.parse(readFileSync(inProject('package.json'), 'utf8')).engines.node
  return String(range).replace('>=', '').split('.').map(Number)
}

/**
 * @param {string} version such as 20.11.1
 * @param {readonly number[]} needed such as [22, 19]
 */
export function isAtLeast(version, needed) {
  const parts = version.split('.').map(Number)
  for (const [index, wanted] of needed.entries()) {
    const part = parts[index] ?? 0
    if (part !== wanted) return part > wanted
  }
  return true
}

/** @param {readonly number[]} needed */
function readCachedNode(needed) {
  const path = readFact('node')?.['path']
  return typeof path === 'string' && existsSync(path) && isGood(path, needed) ? path : null
}

/** @param {readonly number[]} needed */
async function fetchNode(needed) {
  say(`This is Node ${process.versions.node}; getting Node ${WANTED_MAJOR} from the npm registry …`)
  // The package "node" needs an install script, which a recent npm does not run unasked; the one for this platform needs none.
  for (const name of [platformPackage(), 'node']) {
    const args = [
      'exec',
      '--yes',
      ...(name === 'node' ? ['--allow-scripts=node'] : []),
      `--package=${name}@${WANTED_MAJOR}`,
    ]
    const ended = await runNpm([...args, '--', 'node', '-p', 'process.execPath'], { log: 'node', limitMs: 300_000 })
    const path = ended.tail.split('\n').at(-1)?.trim() ?? ''
    if (ended.code === 0 && existsSync(path) && isGood(path, needed)) {
      keepFact('node', { path })
      return path
    }
  }
  return null
}

/** The package that holds Node's binary for this machine. */
function platformPackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'
  return `${prefix}-${platform}-${process.arch}`
}

/**
 * @param {string} node
 * @param {readonly number[]} needed
 */
function isGood(node, needed) {
  try {
    return isAtLeast(execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim(), needed)
  } catch {
    return false
  }
}

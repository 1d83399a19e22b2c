import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { runQuietly } from './processes.mjs'

/**
 * Runs npm. The npm that started us is taken; else the one beside this Node; else the one on the PATH.
 * @param {readonly string[]} args
 * @param {{ log: string, limitMs: number, env?: NodeJS.ProcessEnv }} options
 */
export function runNpm(args, options) {
  const script = findNpmScript()
  if (script) return runQuietly(process.execPath, [script, ...args], options)
  // npm is a batch file on Windows, which needs a shell. The arguments are all our own.
  return runQuietly('npm', args, { ...options, isShell: process.platform === 'win32' })
}

function findNpmScript() {
  const nodeDir = dirname(process.execPath)
  const places = [
    process.env['npm_execpath'] ?? '',
    join(nodeDir, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(nodeDir), 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  return places.find((place) => place.endsWith('npm-cli.js') && existsSync(place)) ?? null
}

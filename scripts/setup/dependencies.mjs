import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { runNpm } from './npm.mjs'
import { hashOf, inProject } from './project.mjs'
import { say } from './say.mjs'
import { ensurePackages, findProgram } from './system-packages.mjs'

const STAMP = inProject('node_modules', '.rollcall-stamp')

/** Installs what package-lock.json names, when it is not there yet. Ends the process when that fails. */
export async function ensureDependencies() {
  const wanted = `${hashOf(['package-lock.json'])} ${process.platform} ${process.arch}`
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  if (isInstalledByHand()) {
    writeFileSync(STAMP, wanted)
    return
  }
  say('Installing what Rollcall is made of …')
  // Not `npm ci`: that refuses a lockfile from which a registry left out other systems' optional packages. The versions are
  // the lockfile's all the same. No install script is needed but those of two optional native modules, which are run apart,
  // so that their failure is mild.
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
  const ended = await runNpm(args, { log: 'npm-install', limitMs: 900_000 })
  if (ended.code !== 0) {
    say(`${ended.tail}\n\nThe packages could not be installed. The whole story is in ${ended.logFile}.`)
    process.exit(1)
  }
  for (const module of NATIVE_MODULES) await buildNative(module)
  writeFileSync(STAMP, wanted)
}

/** Whether a person's own `npm ci` or `npm install` has brought everything that the lockfile names and this machine needs. */
function isInstalledByHand() {
  try {
    const wanted = readPackages(inProject('package-lock.json'))
    const present = readPackages(inProject('node_modules', '.package-lock.json'))
    return Object.entries(wanted).every(([path, entry]) => {
      const found = present[path]
      return path === '' || (found ? found.integrity === entry.integrity : entry.optional === true)
    })
  } catch {
    return false
  }
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { integrity?: string, optional?: boolean }>}
 */
function readPackages(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages
}

/**
 * An optional native module: what it is for, what its building needs on a Debian, and what happens without it.
 * @typedef {{ name: string, purpose: string, packages: () => readonly (readonly [string, boolean])[], without: string }} NativeModule
 */

/** @type {readonly NativeModule[]} */
const NATIVE_MODULES = [
  {
    name: 'keytar',
    purpose: 'keeping passwords in the system’s keyring',
    packages: () => [['libsecret-1-dev', existsSync('/usr/include/libsecret-1/libsecret/secret.h')]],
    without: 'it keeps passwords for one run only',
  },
  {
    name: 'kerberos',
    purpose: 'signing in with the ticket of the logged-on user',
    packages: () => [['libkrb5-dev', existsSync('/usr/include/gssapi/gssapi.h')]],
    without: 'it signs in with a password only',
  },
]

/**
 * Makes a native module work.
 * @param {NativeModule} module
 */
async function buildNative({ name, purpose, packages, without }) {
  if (!existsSync(inProject('node_modules', name))) return
  await ensurePackages(missingBuildPackages(packages()), purpose)
  say(`Building ${name}, for ${purpose} …`)
  await runNpm(['rebuild', name, '--no-audit', '--no-fund'], { log: name, limitMs: 240_000, env: headersEnv() })
  if (!doesLoad(name)) say(`That did not work here. Rollcall goes on without: ${without}.`)
}

/**
 * What a Debian lacks for building a native module.
 * @param {readonly (readonly [string, boolean])[]} own what this one needs beside a compiler
 */
function missingBuildPackages(own) {
  if (process.platform !== 'linux') return []
  /** @type {readonly (readonly [string, boolean])[]} */
  const needs = [
    ...own,
    ['g++', findProgram('g++') !== null],
    ['make', findProgram('make') !== null],
    ['pkg-config', findProgram('pkg-config') !== null],
    ['python3', findProgram('python3') !== null],
  ]
  return needs.filter(([, isThere]) => !isThere).map(([name]) => name)
}

/**
 * Node's headers, where they are on this machine: the registry's Node has none, and fetching them needs nodejs.org. Both
 * modules keep to Node's stable interface, so the headers of another version do.
 * @returns {NodeJS.ProcessEnv}
 */
function headersEnv() {
  const nodes = [process.execPath, process.env['ROLLCALL_OLD_NODE'] ?? '', findProgram('node') ?? '']
  const prefixes = [...nodes.filter(Boolean).map((node) => dirname(dirname(node))), '/usr', '/usr/local']
  const prefix = prefixes.find((dir) => existsSync(join(dir, 'include', 'node', 'node_api.h')))
  return prefix && !process.env['npm_config_nodedir'] ? { npm_config_nodedir: prefix } : {}
}

/**
 * Tried in a process of its own, since a native module that fails can take its process along.
 * @param {string} name
 */
function doesLoad(name) {
  try {
    execFileSync(process.execPath, ['-e', `require('${name}')`], { cwd: inProject(), stdio: 'ignore', timeout: 10_000 })
    return true
  } catch {
    return false
  }
}

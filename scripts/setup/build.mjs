import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { runQuietly } from './processes.mjs'
import { hashOf, inProject } from './project.mjs'
import { say } from './say.mjs'

/** The built command line, the browser mode included. */
export const COMMAND_LINE = inProject('out', 'main', 'cli.js')

const STAMP = inProject('out', '.stamp')
const INPUTS = ['src', 'resources', 'package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json']

/**
 * Builds the page, the desktop and the command line when what they are made of has changed.
 * @returns {Promise<{ isGood: boolean, story: string }>}
 */
export async function ensureBuild() {
  const wanted = hashOf(INPUTS)
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return { isGood: true, story: '' }
  say('Building Rollcall …')
  const tool = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const ended = await runQuietly(process.execPath, [tool, 'build'], {
    log: 'build',
    limitMs: 300_000,
    env: { NODE_ENV: 'production' },
  })
  if (ended.code !== 0) return { isGood: false, story: ended.tail }
  writeFileSync(STAMP, wanted)
  return { isGood: true, story: '' }
}

/** The same, for a start: a build that fails is the end. */
export async function ensureBuildOrExit() {
  const { isGood, story } = await ensureBuild()
  if (isGood) return
  say(`${story}\n\nRollcall could not be built.`)
  process.exit(1)
}

import { readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { ensureBuild } from '../setup/build.mjs'
import { runQuietly } from '../setup/processes.mjs'
import { inCache, inProject } from '../setup/project.mjs'
import { readPlaywrightReport, readVitestReport } from './reports.mjs'

const MINUTE_MS = 60_000

/**
 * What a step came to. `story` is what a person needs to see when something failed.
 * @typedef {{ passed: number, failed: number, skipped: readonly string[], story: string }} Outcome
 * @typedef {{ env: Record<string, string>, isLong: boolean }} StepOptions
 * @typedef {{ name: string, run: (options: StepOptions) => Promise<Outcome> }} Step
 */

/** Everything that `npm test` runs, in its order. @type {readonly Step[]} */
export const STEPS = [
  check('format and lint', 'lint', [
    'node_modules/@biomejs/biome/bin/biome',
    'ci',
    '--colors=off',
    '--error-on-warnings',
    '.',
  ]),
  ...tsconfigs().map((file) => check(`types of ${file}`, 'types', ['node_modules/typescript-7/bin/tsc', '-p', file])),
  check('unused files, exports and packages', 'knip', ['node_modules/knip/bin/knip.js']),
  { name: 'build', run: build },
  ...['architecture', 'unit', 'integration', 'contract', 'security'].map(vitest),
  { name: 'end-to-end', run: runPlaywright },
]

/**
 * A check that counts as one.
 * @param {string} name
 * @param {string} log
 * @param {readonly string[]} args for Node
 * @returns {Step}
 */
function check(name, log, args) {
  const run = async (/** @type {StepOptions} */ { env }) => {
    const ended = await runQuietly(process.execPath, args, { log: `test-${log}`, limitMs: 4 * MINUTE_MS, env })
    return one(ended.code === 0, ended.isTimedOut ? `${ended.tail}\n(stopped: it took too long)` : ended.tail)
  }
  return { name, run }
}

/** One tsconfig an environment, and each counts. */
function tsconfigs() {
  const children = ['src', '.'].flatMap((parent) => readdirSync(inProject(parent)).map((name) => `${parent}/${name}`))
  const files = children.map((dir) => `${dir.replace(/^\.\//, '')}/tsconfig.json`)
  return ['tsconfig.json', ...files.filter(isFile)]
}

/** @param {string} path */
function isFile(path) {
  if (path.startsWith('node_modules') || path.startsWith('out')) return false
  try {
    return readFileSync(inProject(path)).length > 0
  } catch {
    return false
  }
}

async function build() {
  const { isGood, story } = await ensureBuild()
  return one(isGood, story)
}

/**
 * @param {string} project
 * @returns {Step}
 */
function vitest(project) {
  const report = inCache('reports', `${project}.json`)
  const run = async (/** @type {StepOptions} */ { env, isLong }) => {
    const ended = await runQuietly(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ],
      { log: `test-${project}`, limitMs: (isLong ? 120 : 6) * MINUTE_MS, env: { ...env, NO_COLOR: '1' } },
    )
    return readVitestReport(report, ended)
  }
  return { name: `${project} tests`, run }
}

/** @param {StepOptions} options */
async function runPlaywright({ env, isLong }) {
  const report = inCache('reports', 'e2e.json')
  const ended = await runQuietly(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
    {
      log: 'test-e2e',
      limitMs: (isLong ? 60 : 7) * MINUTE_MS,
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, NO_COLOR: '1' },
    },
  )
  return readPlaywrightReport(report, ended)
}

/**
 * @param {boolean} isGood
 * @param {string} story
 * @returns {Outcome}
 */
function one(isGood, story) {
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: [], story: isGood ? '' : story }
}

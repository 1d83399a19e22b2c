import { readFileSync } from 'node:fs'

/** @typedef {import('./steps.mjs').Outcome} Outcome */
/** @typedef {import('../setup/processes.mjs').Ended} Ended */

/**
 * Reads vitest's JSON report. A file that could not even be loaded counts as one failure; so does a run that failed with
 * no failure to show for it, and one that ran nothing.
 * @param {string} file
 * @param {Ended} ended
 * @returns {Outcome}
 */
export function readVitestReport(file, ended) {
  const report = readReport(file, ended)
  if (!report) return brokenRun(ended)
  /** @type {{ status: string, fullName: string }[]} */
  const tests = report.testResults.flatMap((/** @type {any} */ result) => result.assertionResults)
  const brokenFiles = report.testResults.filter(
    (/** @type {any} */ result) => result.status === 'failed' && result.assertionResults.length === 0,
  )
  const passed = tests.filter((test) => test.status === 'passed').length
  const failed = tests.filter((test) => test.status === 'failed').length + brokenFiles.length
  const skipped = tests
    .filter((test) => test.status !== 'passed' && test.status !== 'failed')
    .map((test) => test.fullName)
  return withVerdict({ passed, failed, skipped, story: '' }, ended)
}

/**
 * Reads Playwright's JSON report. A test that passed only when tried again counts as failed.
 * @param {string} file
 * @param {Ended} ended
 * @returns {Outcome}
 */
export function readPlaywrightReport(file, ended) {
  const report = readReport(file, ended)
  if (!report) return brokenRun(ended)
  const { expected, unexpected, flaky } = report.stats
  const failed = unexpected + flaky + report.errors.length
  return withVerdict({ passed: expected, failed, skipped: report.suites.flatMap(skippedTitles), story: '' }, ended)
}

/**
 * @param {any} suite
 * @returns {string[]}
 */
function skippedTitles(suite) {
  const own = (suite.specs ?? []).filter((/** @type {any} */ spec) =>
    spec.tests.some((/** @type {any} */ test) => test.status === 'skipped'),
  )
  return [...own.map((/** @type {any} */ spec) => spec.title), ...(suite.suites ?? []).flatMap(skippedTitles)]
}

/**
 * A report that this run wrote; null when there is none, as when it was stopped.
 * @param {string} file
 * @param {Ended} ended
 * @returns {any}
 */
function readReport(file, ended) {
  if (ended.isTimedOut) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** @param {Ended} ended */
function brokenRun(ended) {
  const why = ended.isTimedOut ? '(stopped: it took too long)' : '(it ended without a report)'
  return { passed: 0, failed: 1, skipped: [], story: `${ended.tail}\n${why}` }
}

/**
 * @param {Outcome} outcome
 * @param {Ended} ended
 * @returns {Outcome}
 */
function withVerdict(outcome, ended) {
  const isUnexplained = outcome.failed === 0 && (ended.code !== 0 || outcome.passed === 0)
  const failed = outcome.failed + (isUnexplained ? 1 : 0)
  return { ...outcome, failed, story: failed > 0 ? ended.tail : '' }
}

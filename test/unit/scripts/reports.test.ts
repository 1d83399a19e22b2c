import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPlaywrightReport, readVitestReport } from '../../../scripts/test/reports.mjs'

const GOOD = { code: 0, isTimedOut: false, tail: '', logFile: '' }
const BAD = { code: 1, isTimedOut: false, tail: 'what went wrong', logFile: '' }

let dir: string
const report = (content: unknown) => {
  const file = join(dir, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}
const vitestFile = (...statuses: string[]) => ({
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status, index) => ({ status, fullName: `test ${index}` })),
})

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rollcall-reports-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

describe('what vitest reported', () => {
  it('is counted test by test, the skipped ones by name', () => {
    const file = report({ testResults: [vitestFile('passed', 'failed'), vitestFile('passed', 'skipped')] })
    expect(readVitestReport(file, BAD)).toEqual({ passed: 2, failed: 1, skipped: ['test 1'], story: 'what went wrong' })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const file = report({ testResults: [vitestFile('passed'), { status: 'failed', assertionResults: [] }] })
    expect(readVitestReport(file, BAD)).toMatchObject({ passed: 1, failed: 1 })
  })

  it('counts a run that ran nothing as a failure', () => {
    expect(readVitestReport(report({ testResults: [] }), GOOD)).toMatchObject({ passed: 0, failed: 1 })
  })

  it('counts a run that ended badly with every test passed as a failure', () => {
    expect(readVitestReport(report({ testResults: [vitestFile('passed')] }), BAD)).toMatchObject({
      passed: 1,
      failed: 1,
    })
  })

  it('counts a run that left no report as a failure', () => {
    expect(readVitestReport(join(dir, 'none.json'), GOOD)).toMatchObject({ passed: 0, failed: 1 })
  })

  it('does not believe the report of a run that was stopped', () => {
    const file = report({ testResults: [vitestFile('passed')] })
    expect(readVitestReport(file, { ...BAD, isTimedOut: true })).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('what Playwright reported', () => {
  it('is counted, a test that passed at the second try as failed', () => {
    const suites = [{ suites: [{ specs: [{ title: 'needs a printer', tests: [{ status: 'skipped' }] }] }] }]
    const file = report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 1 }, errors: [], suites })
    expect(readPlaywrightReport(file, BAD)).toMatchObject({ passed: 5, failed: 2, skipped: ['needs a printer'] })
  })

  it('counts an error outside any test as a failure', () => {
    const file = report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{}], suites: [] })
    expect(readPlaywrightReport(file, BAD)).toMatchObject({ passed: 0, failed: 1 })
  })
})

import { rmSync } from 'node:fs'
import { inCache } from '../setup/project.mjs'
import { say } from '../setup/say.mjs'

/**
 * Runs every step, whatever became of those before, says what each came to, and adds it all up.
 * @param {readonly import('./steps.mjs').Step[]} steps
 * @param {import('./steps.mjs').StepOptions} options
 */
export async function runSteps(steps, options) {
  const totals = { passed: 0, failed: 0, skipped: 0 }
  // A report of an earlier run must never be taken for this one's.
  rmSync(inCache('reports'), { recursive: true, force: true })
  inCache('reports', 'any')
  for (const step of steps) {
    const startMs = Date.now()
    const outcome = await step.run(options)
    totals.passed += outcome.passed
    totals.failed += outcome.failed
    totals.skipped += outcome.skipped.length
    const seconds = ((Date.now() - startMs) / 1000).toFixed(1)
    say(
      `${outcome.failed > 0 ? '✗' : '✓'} ${step.name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`,
    )
    for (const title of outcome.skipped) say(`    skipped: ${title}`)
    if (outcome.story !== '') say(`${outcome.story}\n`)
  }
  return totals
}

import { join } from 'node:path'
import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { beforeAll, describe, expect, it } from 'vitest'
import { DEPENDENCY_RULES } from './dependency-rules.ts'

const ROOT = join(import.meta.dirname, '..', '..')
/** With an unsupported TypeScript, dependency-cruiser reads no file and passes. Fewer than this is not our source. */
const FEWEST_MODULES = 150

let result: ICruiseResult

beforeAll(async () => {
  const cruised = await cruise(
    ['src'],
    {
      ruleSet: { forbidden: DEPENDENCY_RULES },
      validate: true,
      baseDir: ROOT,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '\\.(css|svg|html|json)$' },
      enhancedResolveOptions: {
        extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
        exportsFields: ['exports'],
        conditionNames: ['import', 'types', 'node', 'default'],
      },
    },
    undefined,
    { tsConfig: extractTSConfig(join(ROOT, 'tsconfig.json')) },
  )
  if (typeof cruised.output === 'string') throw new Error('dependency-cruiser answered with text')
  result = cruised.output
}, 60_000)

describe('who may import whom', () => {
  it('was looked at in all of our source', () => {
    const ours = result.modules.filter((module) => module.source.startsWith('src/') && module.dependencies.length > 0)
    expect(ours.length).toBeGreaterThanOrEqual(FEWEST_MODULES)
  })

  it.each(DEPENDENCY_RULES.map((rule) => rule.name ?? ''))('%s', (name) => {
    const violations = result.summary.violations.filter((violation) => violation.rule.name === name)
    expect(violations.map(describeViolation)).toEqual([])
  })
})

function describeViolation(violation: IViolation): string {
  const via = violation.cycle?.map((step) => step.name).join(' → ')
  return `${violation.from} → ${via ?? violation.to}`
}

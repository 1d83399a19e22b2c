import { expect, it } from 'vitest'
import { splitFindings } from '../../../../src/main/core/audit/accepted-findings.ts'
import type { AcceptedFinding } from '../../../../src/shared/audit.ts'
import { addressOf } from '../../../support/photo-records.ts'

const NOW = 1_000
const accepted = (more: Partial<AcceptedFinding> = {}): AcceptedFinding => ({
  ...{ address: addressOf('ada'), finding: 'missing', reason: 'by choice', by: 'me', acceptedMs: 1, untilMs: null },
  ...more,
})

it.each([
  ['nothing is accepted', [], ['missing', 'not-square'], []],
  ['one of two is accepted', [accepted()], ['not-square'], ['missing']],
  ['what is accepted is not found any more', [accepted({ finding: 'too-large' })], ['missing', 'not-square'], []],
  ['its last moment is now', [accepted({ untilMs: NOW })], ['not-square'], ['missing']],
  ['its time is over', [accepted({ untilMs: NOW - 1 })], ['missing', 'not-square'], []],
] as const)('tells what is open where %s', (_, list, open, inForce) => {
  const split = splitFindings(['missing', 'not-square'], list, NOW)
  expect([split.open, split.accepted.map(({ finding }) => finding)]).toEqual([open, inForce])
})

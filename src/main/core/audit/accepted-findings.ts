import type { AcceptedFinding } from '../../../shared/audit.ts'
import type { FindingCode } from '../../../shared/people.ts'

/** What was found, apart: what is open, and what is accepted at this time. */
export function splitFindings(
  findings: readonly FindingCode[],
  accepted: readonly AcceptedFinding[],
  nowMs: number,
): { readonly open: FindingCode[]; readonly accepted: AcceptedFinding[] } {
  const inForce = accepted.filter(({ finding, untilMs }) => findings.includes(finding) && (untilMs ?? nowMs) >= nowMs)
  const codes = new Set(inForce.map(({ finding }) => finding))
  return { open: findings.filter((code) => !codes.has(code)), accepted: inForce }
}

import type { AuditPolicy, AuditRow } from '../../../shared/audit.ts'
import { describeError } from '../../../shared/describe-error.ts'
import type { FindingCode, Person, PhotoState } from '../../../shared/people.ts'
import { FINDING_CODES, PHOTO_STATES } from '../../../shared/people.ts'
import type { PhotoRecord } from '../../../shared/photos.ts'
import type { splitFindings } from './accepted-findings.ts'
import { assessMailbox } from './expect-photo.ts'

/** Audits one person from what is held; `split` tells what is accepted of what was found. Where there is no picture, the numbers are null. */
export function auditRow(
  person: Person,
  records: readonly PhotoRecord[],
  policy: AuditPolicy,
  split: (findings: readonly FindingCode[]) => Pick<ReturnType<typeof splitFindings>, 'open' | 'accepted'>,
): AuditRow {
  const { state, findings: found, best, reason } = assessMailbox(person.kind, records, policy)
  const { open, accepted } = split(found)
  const words = reason === null ? null : describeError(reason)
  return {
    person,
    state,
    findings: open,
    accepted: accepted.map(({ finding }) => finding),
    reason: words === null ? '' : `${words.title} ${words.nextStep}`,
    widthPx: best?.widthPx ?? null,
    heightPx: best?.heightPx ?? null,
    bytes: best?.bytes ?? null,
    format: best?.format ?? null,
    contentType: best?.contentType ?? null,
    checkedMs: best === null ? lastCheckedMs(records) : best.checkedMs,
    changedMs: best?.changedMs ?? null,
    requestId: best === null ? lastRequestId(records) : best.requestId,
  }
}

function lastCheckedMs(records: readonly PhotoRecord[]): number | null {
  const times = records.flatMap((record) => (record.checkedMs === null ? [] : [record.checkedMs]))
  return times.length === 0 ? null : Math.max(...times)
}

/** That of the question asked last. */
function lastRequestId(records: readonly PhotoRecord[]): string | null {
  const asked = records.filter(({ askedMs }) => askedMs !== null)
  const last = asked.reduce<PhotoRecord | null>(
    (latest, record) => ((record.askedMs ?? 0) > (latest?.askedMs ?? 0) ? record : latest),
    null,
  )
  return last?.requestId ?? null
}

/** How many people are in each state, and at how many each finding was made. The states add up to `people`. */
export interface AuditCounts {
  readonly people: number
  readonly states: Readonly<Record<PhotoState, number>>
  readonly findings: Readonly<Record<FindingCode, number>>
}

/** Counts an audit. Every state and finding is there, zeros too. */
export function countAudit(rows: Iterable<Pick<AuditRow, 'state' | 'findings'>>): AuditCounts {
  const states = zeros(PHOTO_STATES)
  const findings = zeros(FINDING_CODES)
  let people = 0
  for (const row of rows) {
    people += 1
    states[row.state] += 1
    for (const finding of row.findings) findings[finding] += 1
  }
  return { people, states, findings }
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>
}

import type { AuditRow } from '../../../../shared/audit.ts'
import { fail, ok, type Result } from '../../../../shared/result.ts'
import {
  type AuditCounts,
  auditCsv,
  countAudit,
  FINDING_WORDS,
  listAuditRows,
  STATE_WORDS,
} from '../../../engine/audit-service.ts'
import { askEngine } from '../ask-engine.ts'
import type { CommandContext } from '../command-context.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { findPeople } from '../find-people.ts'
import { followJob } from '../follow-job.ts'
import { type OpenSession, withSession } from '../open-session.ts'
import { jsonLine } from '../output.ts'
import { checkScopeOptions, type ScopeOptions } from '../scope-options.ts'
import { writeFileWhole } from '../write-file-whole.ts'

export interface AuditOptions extends ScopeOptions {
  readonly format?: 'json' | 'csv'
  readonly out?: string
}

/** `audit`: asks for what is due, then says of everybody in scope what there is and what is wrong with it. */
export async function runAudit(context: CommandContext, options: AuditOptions): Promise<Result<ExitCode>> {
  const checked = checkScopeOptions(options)
  if (!checked.ok) return checked
  return withSession(context, async (open) => {
    const rows = await audit(context, open, options)
    if (!rows.ok) return rows
    const counts = countAudit(rows.value)
    const told = await tellRows(context, options, rows.value, counts)
    if (!told.ok) return told
    context.output.message(describeCounts(counts))
    return ok(counts.states['could-not-ask'] > 0 ? EXIT.someFailed : EXIT.done)
  })
}

async function audit(context: CommandContext, open: OpenSession, options: AuditOptions): Promise<Result<AuditRow[]>> {
  const { client } = open.engine
  const scope = await findPeople(context, open, options)
  if (!scope.ok) return scope
  const id = await askEngine(client.audit.start({ scope: scope.value }))
  if (!id.ok) return id
  const job = await followJob(context, open.engine, id.value, 'Checking photos')
  if (!job.ok) return job
  const settings = await askEngine(client.settings.read())
  return settings.ok ? ok(listAuditRows(open.session, scope.value, settings.value, Date.now())) : settings
}

/** Into a file, or on stdout: as CSV, as JSON, or as lines for people. */
async function tellRows(
  { output, signal }: CommandContext,
  options: AuditOptions,
  rows: readonly AuditRow[],
  counts: AuditCounts,
): Promise<Result<null>> {
  if (signal.aborted) return fail({ code: 'cancelled' })
  const { out } = options
  if (out !== undefined) {
    const format = options.format ?? (output.isJson || /\.jsonl?$/i.test(out) ? 'json' : 'csv')
    const written = await writeFileWhole(out, textOf(format, rows))
    if (written.ok) output.result({ file: out, ...counts }, `Written: ${out}`)
    return written
  }
  if (options.format === 'csv' || options.format === 'json') output.raw(textOf(options.format, rows))
  else for (const row of rows) output.result(rowFields(row), describeRow(row))
  return ok(null)
}

function textOf(format: 'json' | 'csv', rows: readonly AuditRow[]): string {
  return format === 'csv' ? auditCsv(rows) : rows.map((row) => `${jsonLine(rowFields(row))}\n`).join('')
}

function rowFields({ person, state, findings, accepted, reason, checkedMs, changedMs, ...picture }: AuditRow) {
  const { address, displayName, department, office, title, kind } = person
  const { widthPx, heightPx, bytes, format, contentType } = picture
  return {
    ...{ mailbox: address, name: displayName, department, office, title, type: kind },
    ...{ state, findings, accepted, reason, widthPx, heightPx, bytes, format, contentType },
    checked: isoTime(checkedMs),
    changed: isoTime(changedMs),
  }
}

function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

function describeRow({ person, state, findings, reason, widthPx, heightPx }: AuditRow): string {
  const size = widthPx === null || heightPx === null ? '' : ` ${widthPx}×${heightPx} px`
  const found = findings.length === 0 ? '' : `  ${findings.map((finding) => FINDING_WORDS[finding]).join(', ')}`
  return `${person.address}  ${person.displayName}  ${STATE_WORDS[state]}${size}${found}${reason === '' ? '' : `  ${reason}`}`
}

function describeCounts({ people, states, findings }: AuditCounts): string {
  const list = (counts: Readonly<Record<string, number>>, words: Readonly<Record<string, string>>) =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([key, count]) => `${words[key]} ${count}`)
      .join(', ') || 'none'
  return `People: ${people}. States: ${list(states, STATE_WORDS)}. Findings: ${list(findings, FINDING_WORDS)}.`
}

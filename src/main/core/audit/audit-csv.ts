import { stringify } from 'csv-stringify/sync'
import type { AuditRow } from '../../../shared/audit.ts'
import { FINDING_WORDS, STATE_WORDS } from './audit-words.ts'

/** The columns of the report. Names and order are stable: people's spreadsheets rely on them. */
const COLUMNS: readonly { readonly header: string; readonly cell: (row: AuditRow) => string | number | null }[] = [
  { header: 'Mailbox', cell: (row) => row.person.address },
  { header: 'Name', cell: (row) => row.person.displayName },
  { header: 'Department', cell: (row) => row.person.department },
  { header: 'Office', cell: (row) => row.person.office },
  { header: 'Title', cell: (row) => row.person.title },
  { header: 'Manager', cell: (row) => row.person.manager },
  { header: 'Type', cell: (row) => row.person.kind },
  { header: 'State', cell: (row) => STATE_WORDS[row.state] },
  { header: 'Findings', cell: (row) => row.findings.map((finding) => FINDING_WORDS[finding]).join('; ') },
  { header: 'Reason', cell: (row) => row.reason },
  { header: 'Width (px)', cell: (row) => row.widthPx },
  { header: 'Height (px)', cell: (row) => row.heightPx },
  { header: 'Bytes', cell: (row) => row.bytes },
  { header: 'Format', cell: (row) => row.format },
  { header: 'Content-Type', cell: (row) => row.contentType },
  { header: 'Checked (UTC)', cell: (row) => isoTime(row.checkedMs) },
  { header: 'Changed (UTC)', cell: (row) => isoTime(row.changedMs) },
  { header: 'Request ID', cell: (row) => row.requestId },
  { header: 'Accepted', cell: (row) => row.accepted.map((finding) => FINDING_WORDS[finding]).join('; ') },
]

/**
 * An audit as CSV (F67): UTF-8 with BOM, commas, CRLF, one line of names. Cells that a spreadsheet would take for a formula
 * get a leading apostrophe (F95).
 */
export function auditCsv(rows: Iterable<AuditRow>): string {
  const cells = Array.from(rows, (row) => COLUMNS.map((column) => column.cell(row)))
  return stringify([COLUMNS.map((column) => column.header), ...cells], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    // A lone CR or LF inside a cell is not the record delimiter, so it would otherwise be left unquoted.
    quoted_match: /[\r\n]/,
  })
}

/** `rollcall-audit-YYYY-MM-DD`, by the UTC day, without an extension. */
export function auditFileStem(nowMs: number): string {
  return `rollcall-audit-${new Date(nowMs).toISOString().slice(0, 10)}`
}

function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

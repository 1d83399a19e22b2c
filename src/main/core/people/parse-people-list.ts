import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { parseSmtpAddress, type SmtpAddress } from '../../../shared/smtp-address.ts'

/** One entry of a list somebody brought. */
export interface ListEntry {
  /** Counts from 1. */
  readonly line: number
  /** As it was written. */
  readonly text: string
  /** Null: no address, perhaps a name. */
  readonly address: SmtpAddress | null
}

/** Column names that mean an address, folded: lower case, only letters. */
const ADDRESS_COLUMNS = new Set([
  'email',
  'mail',
  'emailaddress',
  'mailbox',
  'smtp',
  'primarysmtpaddress',
  'userprincipalname',
])

const rowsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number().int() }) }))

/** `"Berg, Anna" <anna@example.org>`: a quoted name before an address is no quoted cell. */
const QUOTED_NAME = /"[^"\n]*"[ \t]*(<[^<>\n]*>)/g

/**
 * Reads a list: one entry a line, a CSV (comma, semicolon or tab), or what an e-mail program's To field gives. A CSV whose
 * first line names a column such as `email` is read by that column; otherwise every address in a line counts, and a line
 * without one is taken for a name. Empty lines and lines that begin with `#` are passed over. Fails with `invalid-input`.
 */
export function parsePeopleList(text: string): Result<ListEntry[]> {
  let rows: z.infer<typeof rowsSchema>
  try {
    const options = { bom: true, delimiter: [',', ';', '\t'], relax_column_count: true, relax_quotes: true, trim: true }
    rows = rowsSchema.parse(
      parse(text.replace(QUOTED_NAME, '$1'), {
        ...options,
        comment: '#',
        comment_no_infix: true,
        info: true,
        skip_empty_lines: true,
      }),
    )
  } catch {
    return fail({ code: 'invalid-input', field: 'list', reason: 'The list is not text with lines or a CSV' })
  }
  const header = rows[0]?.record.findIndex((cell) => ADDRESS_COLUMNS.has(cell.toLowerCase().replace(/[^a-z]/g, '')))
  const column = header === undefined || header === -1 ? null : header
  if (column === null) return ok(rows.flatMap(({ record, info }) => entriesOf(record, info.lines)))
  return ok(
    rows.slice(1).map(({ record, info }) => {
      const cell = record[column] ?? ''
      return { line: info.lines, text: cell === '' ? record.join(', ') : cell, address: addressIn(cell) }
    }),
  )
}

function entriesOf(record: readonly string[], line: number): ListEntry[] {
  const cells = record.filter((cell) => cell !== '')
  const withAddress = cells.flatMap((cell) => {
    const address = addressIn(cell)
    return address === null ? [] : [{ line, text: cell, address }]
  })
  if (withAddress.length > 0) return withAddress
  return cells.length === 0 ? [] : [{ line, text: cells.join(', '), address: null }]
}

/** `anna@example.org`, `Anna Berg <anna@example.org>`, `mailto:…` or `SMTP:…`. */
function addressIn(cell: string): SmtpAddress | null {
  const inBrackets = /<([^<>]+)>\s*$/.exec(cell)?.[1]
  return parseSmtpAddress((inBrackets ?? cell).trim().replace(/^(mailto|smtp):/i, ''))
}

/**
 * An address with its domain in ASCII (`xn--…`), so that both spellings of an international domain are one.
 * @see RFC 5891
 */
export function asciiDomainOf(address: SmtpAddress): SmtpAddress {
  const at = address.lastIndexOf('@')
  const host = `http://${address.slice(at + 1)}`
  const domain = URL.canParse(host) ? new URL(host).hostname : ''
  return parseSmtpAddress(address.slice(0, at + 1) + domain) ?? address
}

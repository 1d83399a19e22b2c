import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { parseSmtpAddress, type SmtpAddress } from '../../../shared/smtp-address.ts'

/** The addresses of a list, each once, and the lines that hold none. */
export interface AddressList {
  readonly addresses: SmtpAddress[]
  /** `line` counts from 1. */
  readonly badLines: { readonly line: number; readonly text: string }[]
}

/** Column names that mean an address, folded: lower case, only letters. */
const ADDRESS_COLUMNS = new Set(['email', 'mail', 'emailaddress', 'mailbox', 'smtp', 'primarysmtpaddress'])

const cellsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number().int() }) }))

/** Reads a list from a file. Fails with `invalid-input` when the file cannot be read or holds no address. */
export async function readAddressFile(file: string): Promise<Result<AddressList>> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (cause) {
    return fail({
      code: 'invalid-input',
      field: '--emails',
      reason: `${file} cannot be read (${describeCause(cause)})`,
    })
  }
  const list = parseAddressList(text)
  if (!list.ok) return list
  if (list.value.addresses.length === 0)
    return fail({ code: 'invalid-input', field: '--emails', reason: `${file} holds no e-mail address` })
  return list
}

function describeCause(cause: unknown): string {
  if (cause instanceof TypeError) return 'it is not UTF-8 text'
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
}

/**
 * Reads addresses from text: one a line, or a CSV (comma, semicolon or tab) whose first line names a column `email` or
 * `mail`. Empty lines and lines that begin with `#` are passed over.
 */
export function parseAddressList(text: string): Result<AddressList> {
  let rows: z.infer<typeof cellsSchema>
  try {
    const options = { bom: true, delimiter: [',', ';', '\t'], relax_column_count: true, relax_quotes: true, trim: true }
    rows = cellsSchema.parse(
      parse(text, { ...options, comment: '#', comment_no_infix: true, info: true, skip_empty_lines: true }),
    )
  } catch {
    return fail({ code: 'invalid-input', field: '--emails', reason: 'The list is not text with lines or a CSV' })
  }
  const header = rows[0]?.record.findIndex((cell) => ADDRESS_COLUMNS.has(cell.toLowerCase().replace(/[^a-z]/g, '')))
  const column = header === undefined || header === -1 ? null : header
  const addresses = new Set<SmtpAddress>()
  const badLines: AddressList['badLines'] = []
  for (const { record, info } of column === null ? rows : rows.slice(1)) {
    const cell = record[column ?? 0] ?? ''
    const address = parseSmtpAddress(cell)
    if (address !== null) addresses.add(address)
    else badLines.push({ line: info.lines, text: cell })
  }
  return ok({ addresses: [...addresses], badLines })
}

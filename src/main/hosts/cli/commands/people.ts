import type { PersonRow } from '../../../../shared/people.ts'
import { fail, ok, type Result } from '../../../../shared/result.ts'
import { askEngine } from '../ask-engine.ts'
import type { CommandContext } from '../command-context.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { askServerFor, ensureDirectory, readWholeDirectory } from '../find-people.ts'
import { applyLdapOptions, type LdapOptions } from '../ldap-options.ts'
import { type OpenSession, withSession } from '../open-session.ts'
import { textQuery } from '../scope-options.ts'
import { tableLines } from '../table.ts'

/** Rows asked for at a time: the most that the contract gives. */
const WINDOW_ROWS = 500

export interface PeopleOptions extends LdapOptions {
  readonly all?: boolean
  readonly from?: 'exchange' | 'ldap'
}

/** `people [QUERY] [--all] [--from SOURCE]`: the people that are known, after asking the server. */
export async function runPeople(
  context: CommandContext,
  query: string | undefined,
  options: PeopleOptions,
): Promise<Result<ExitCode>> {
  const text = query?.trim() ?? ''
  const isAll = options.all === true || options.from !== undefined
  if (text === '' && !isAll) return fail({ code: 'invalid-input', field: 'people', reason: 'Give a QUERY, or --all' })
  if (text.length > 400)
    return fail({ code: 'invalid-input', field: 'people', reason: 'A QUERY has at most 400 characters' })
  return withSession(context, async (open) => {
    const ready = await findWhomToList(context, open, text, options)
    return ready.ok ? listPeople(context, open, text) : ready
  })
}

async function findWhomToList(
  context: CommandContext,
  open: OpenSession,
  text: string,
  options: PeopleOptions,
): Promise<Result<null>> {
  if (options.from === 'ldap') {
    const applied = await applyLdapOptions(context, open, options)
    return applied.ok ? readWholeDirectory(context, open, 'ldap') : applied
  }
  if (options.from === 'exchange') return readWholeDirectory(context, open, 'exchange')
  return options.all === true ? ensureDirectory(context, open) : askServerFor(context, open, text)
}

async function listPeople(
  { output, signal }: CommandContext,
  { engine }: OpenSession,
  text: string,
): Promise<Result<ExitCode>> {
  for (let offset = 0; ; offset += WINDOW_ROWS) {
    if (signal.aborted) return fail({ code: 'cancelled' })
    const window = await askEngine(engine.client.people.search({ query: textQuery(text), offset, limit: WINDOW_ROWS }))
    if (!window.ok) return window
    const { rows, total } = window.value
    const lines = output.isJson ? [] : tableLines(rows.map((row) => Object.values(personFields(row))))
    rows.forEach((row, index) => {
      output.result(personFields(row), lines[index] ?? null)
    })
    if (offset + WINDOW_ROWS < total) continue
    output.message(total === 1 ? '1 person' : `${total} people`)
    return ok(EXIT.done)
  }
}

function personFields({ address, displayName, department, office, title, kind }: PersonRow) {
  return { mailbox: address, name: displayName, department, office, title, type: kind }
}

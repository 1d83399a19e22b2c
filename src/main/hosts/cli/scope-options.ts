import type { Command } from 'commander'
import type { AppError } from '../../../shared/errors.ts'
import { NO_FILTER, type PeopleQuery, type Scope } from '../../../shared/people.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { parseAddress } from './global-options.ts'

/** Whom a command is about, as given. */
export interface ScopeOptions {
  readonly emails?: string
  readonly list?: SmtpAddress
  readonly query?: string
  readonly all?: boolean
}

/** Adds `--emails`, `--list`, `--query` and `--all`. */
export function addScopeOptions(command: Command): Command {
  return command
    .option('--emails <file>', 'the people of a list: an address or name a line, or a CSV with a column email or mail')
    .option('--list <address>', 'the members of a distribution list, nested lists too', parseAddress)
    .option('--query <q>', 'the people that these words find: name, address, department, office, title')
    .option('--all', 'everybody; the directory is read first where that was never done')
}

/** A query for people who match these words, best match first; without words everybody by name. */
export function textQuery(text: string): PeopleQuery {
  return { text, filter: NO_FILTER, sort: text === '' ? 'name' : 'relevance' }
}

/** Exactly one of the four must be given. Fails with `invalid-input`. */
export function checkScopeOptions(options: ScopeOptions): Result<null> {
  const given = [options.emails, options.list, options.query, options.all === true ? true : undefined].filter(
    (option) => option !== undefined,
  )
  if (given.length !== 1) return fail(wrong('Give exactly one of --emails FILE, --list ADDRESS, --query Q and --all'))
  if (options.query !== undefined && (options.query.trim() === '' || options.query.length > 400))
    return fail(wrong('--query takes 1 to 400 characters'))
  return ok(null)
}

function wrong(reason: string): AppError {
  return { code: 'invalid-input', field: 'people', reason }
}

/** Everybody. */
export const EVERYBODY: Scope = { of: { kind: 'all' }, except: [] }

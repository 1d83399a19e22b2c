import { describeError } from '../../../shared/describe-error.ts'
import type { MissingEntry, Scope } from '../../../shared/people.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { askEngine } from './ask-engine.ts'
import type { CommandContext } from './command-context.ts'
import { followJob, resultOf } from './follow-job.ts'
import type { OpenSession } from './open-session.ts'
import { readListFile } from './read-list-file.ts'
import { EVERYBODY, type ScopeOptions, textQuery } from './scope-options.ts'

/** How many lines of a list that mean nobody are told; the rest is counted. */
const TOLD_LINES = 20

/** The scope that the options mean, after asking the server for people who are not known yet. */
export async function findPeople(
  context: CommandContext,
  open: OpenSession,
  options: ScopeOptions,
): Promise<Result<Scope>> {
  if (options.emails !== undefined) return readList(context, open, options.emails)
  if (options.list !== undefined) return expandList(context, open, options.list)
  if (options.query === undefined) {
    const read = await ensureDirectory(context, open)
    return read.ok ? ok(EVERYBODY) : read
  }
  const asked = await askServerFor(context, open, options.query)
  return asked.ok ? ok({ of: { kind: 'query', query: textQuery(options.query) }, except: [] }) : asked
}

/**
 * The people of a list. An address that the directory does not know is asked for all the same, because it may be hidden
 * there, and it is told.
 */
export async function readList(
  { output, signal }: CommandContext,
  { engine }: Pick<OpenSession, 'engine'>,
  file: string,
): Promise<Result<Scope>> {
  const text = await readListFile(file)
  if (!text.ok) return text
  const matched = await askEngine(engine.client.people.matchList({ text: text.value }, { signal }))
  if (!matched.ok) return matched
  const { missing } = matched.value
  for (const entry of missing.slice(0, TOLD_LINES))
    output.message(`${file}, line ${entry.line}: ${REASONS[entry.reason]}: ${entry.text.slice(0, 80)}`)
  if (missing.length > TOLD_LINES) output.message(`${file}: ${missing.length - TOLD_LINES} more such lines`)
  const given = missing.flatMap(({ address }) => address ?? [])
  const addresses = [...new Set([...matched.value.addresses, ...given])]
  if (addresses.length === 0)
    return fail({ code: 'invalid-input', field: '--emails', reason: `${file} holds nobody who is known` })
  return ok({ of: { kind: 'addresses', addresses }, except: [] })
}

const REASONS: Record<MissingEntry['reason'], string> = {
  'not-found': 'not in the directory',
  ambiguous: 'more than one of that name; give the address',
  'not-an-address': 'not an e-mail address',
  'not-asked': 'not known here, and the server was not asked',
}

/** The members of a distribution list, nested lists included. */
export async function expandList(
  { output, signal }: CommandContext,
  { engine }: Pick<OpenSession, 'engine'>,
  address: SmtpAddress,
): Promise<Result<Scope>> {
  const expanded = await askEngine(engine.client.people.expandList({ address }, { signal }))
  if (!expanded.ok) return expanded
  const { addresses, lists, unread, isComplete } = expanded.value
  output.message(`${address} has ${addresses.length} members (${lists} ${lists === 1 ? 'list' : 'lists'}).`)
  for (const list of unread.slice(0, TOLD_LINES)) output.message(`The nested list ${list} could not be read.`)
  if (!isComplete) output.message('Some of the list could not be read: people may be missing.')
  return ok({ of: { kind: 'addresses', addresses }, except: [] })
}

/** Reads the whole directory where that was never done to its end. */
export async function ensureDirectory(context: CommandContext, open: OpenSession): Promise<Result<null>> {
  const status = await askEngine(open.engine.client.people.readDirectoryStatus())
  if (!status.ok) return status
  return status.value.state === 'complete' ? ok(null) : readWholeDirectory(context, open, 'exchange')
}

/** Reads the whole directory, whatever is known already. */
export async function readWholeDirectory(
  context: CommandContext,
  { engine }: OpenSession,
  from: 'exchange' | 'ldap',
): Promise<Result<null>> {
  const id = await askEngine(engine.client.people.startReadDirectory({ from }))
  if (!id.ok) return id
  context.output.message('Reading the directory.')
  const job = await followJob(context, engine, id.value, 'Reading the directory, people')
  if (!job.ok) return job
  const result = resultOf(job.value, 'read-directory')
  if (!result.ok) return result
  const { people, requests, isComplete } = result.value
  context.output.message(`The directory has ${people} people (${requests} requests).`)
  if (!isComplete) context.output.message('Some of the directory could not be read: people may be missing.')
  return ok(null)
}

/** Asks the server for people of these words. What is known is enough when it cannot be asked. */
export async function askServerFor(
  { output, signal }: CommandContext,
  { engine, status }: OpenSession,
  text: string,
): Promise<Result<null>> {
  if (status.state !== 'online') return ok(null)
  const found = await askEngine(engine.client.people.searchServer({ text }, { signal }))
  if (!found.ok && (found.error.code === 'cancelled' || found.error.code === 'unauthorized')) return found
  if (!found.ok) output.message(`${describeError(found.error).title} Searched only what is known.`)
  else if (!found.value.isComplete)
    output.message('The server has more people of that name: narrow the words, or use --all.')
  return ok(null)
}

import { describeError } from '../../../shared/describe-error.ts'
import type { Scope } from '../../../shared/people.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { askEngine } from './ask-engine.ts'
import type { CommandContext } from './command-context.ts'
import { followJob, resultOf } from './follow-job.ts'
import type { OpenSession } from './open-session.ts'
import { readAddressFile } from './read-addresses.ts'
import { EVERYBODY, type ScopeOptions, textQuery } from './scope-options.ts'

/** How many bad lines of a list are told; the rest is counted. */
const TOLD_BAD_LINES = 20

/** The scope that the options mean, after asking the server for people who are not known yet. */
export async function findPeople(
  context: CommandContext,
  open: OpenSession,
  options: ScopeOptions,
): Promise<Result<Scope>> {
  if (options.emails !== undefined) return readList(context, options.emails)
  if (options.query === undefined) {
    const read = await ensureDirectory(context, open)
    return read.ok ? ok(EVERYBODY) : read
  }
  const asked = await askServerFor(context, open, options.query)
  return asked.ok ? ok({ of: { kind: 'query', query: textQuery(options.query) }, except: [] }) : asked
}

async function readList({ output }: CommandContext, file: string): Promise<Result<Scope>> {
  const list = await readAddressFile(file)
  if (!list.ok) return list
  const { addresses, badLines } = list.value
  for (const { line, text } of badLines.slice(0, TOLD_BAD_LINES))
    output.message(`${file}, line ${line}: not an e-mail address: ${text.slice(0, 80)}`)
  if (badLines.length > TOLD_BAD_LINES) output.message(`${file}: ${badLines.length - TOLD_BAD_LINES} more such lines`)
  return ok({ of: { kind: 'addresses', addresses }, except: [] })
}

/** Reads the whole directory where that was never done to its end. */
export async function ensureDirectory(context: CommandContext, { engine }: OpenSession): Promise<Result<null>> {
  const { client } = engine
  const status = await askEngine(client.people.readDirectoryStatus())
  if (!status.ok) return status
  if (status.value.state === 'complete') return ok(null)
  const id = await askEngine(client.people.startReadDirectory())
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

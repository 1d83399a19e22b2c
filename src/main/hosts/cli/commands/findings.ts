import type { AcceptedFinding } from '../../../../shared/audit.ts'
import type { FindingCode } from '../../../../shared/people.ts'
import { fail, ok, type Result } from '../../../../shared/result.ts'
import { FINDING_WORDS } from '../../../engine/audit-service.ts'
import { askEngine } from '../ask-engine.ts'
import type { CommandContext } from '../command-context.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { withLibrary } from '../open-session.ts'
import { scopeInLibrary } from '../scope-in-library.ts'
import { checkScopeOptions, type ScopeOptions } from '../scope-options.ts'

export interface FindingsOptions extends ScopeOptions {
  readonly accept?: FindingCode
  readonly takeBack?: FindingCode
  readonly reason?: string
  /** The last day, as YYYY-MM-DD. */
  readonly until?: string
}

/** `findings`: what is accepted; with `--accept` or `--take-back` it is changed for the people in scope. Asks the server nothing. */
export async function runFindings(context: CommandContext, options: FindingsOptions): Promise<Result<ExitCode>> {
  const checked = checkOptions(options)
  if (!checked.ok) return checked
  return withLibrary(context, async ({ engine, openError }) => {
    if (openError !== null) return fail(openError)
    const { accept, takeBack, reason = '', until } = options
    if (accept === undefined && takeBack === undefined) return list(context, engine)
    const scope = await scopeInLibrary(context, { engine }, options)
    if (!scope.ok) return scope
    if (accept !== undefined) {
      const untilMs = until === undefined ? null : endOfDay(until)
      const done = await askEngine(engine.client.audit.accept({ scope: scope.value, finding: accept, reason, untilMs }))
      return done.ok ? tell(context, done.value, `Accepted “${FINDING_WORDS[accept]}” of`) : done
    }
    if (takeBack === undefined) return ok(EXIT.done)
    const done = await askEngine(engine.client.audit.takeBack({ scope: scope.value, finding: takeBack }))
    return done.ok ? tell(context, done.value, `“${FINDING_WORDS[takeBack]}” is open again at`) : done
  })
}

function checkOptions(options: FindingsOptions): Result<null> {
  const wrong = (reason: string) => fail({ code: 'invalid-input', field: 'findings', reason })
  const { accept, takeBack, reason, until, emails, list: address, query, all } = options
  if (accept !== undefined && takeBack !== undefined) return wrong('Give only one of --accept and --take-back')
  if (accept === undefined && (reason !== undefined || until !== undefined))
    return wrong('--reason and --until go with --accept')
  if (until !== undefined && Number.isNaN(endOfDay(until))) return wrong('--until is a day, such as 2027-06-30')
  if (accept !== undefined || takeBack !== undefined) return checkScopeOptions(options)
  if ([emails, address, query, all].some((option) => option !== undefined))
    return wrong('--emails, --list, --query and --all go with --accept or --take-back')
  return ok(null)
}

/** The end of a day by this computer's time, ms since 1970; NaN when it is none. */
function endOfDay(day: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T23:59:59.999`).getTime() : Number.NaN
}

async function list({ output }: CommandContext, { client }: Parameters<typeof scopeInLibrary>[1]['engine']) {
  const accepted = await askEngine(client.audit.listAccepted())
  if (!accepted.ok) return accepted
  for (const one of accepted.value) output.result(fieldsOf(one), lineOf(one))
  output.message(`Accepted findings: ${accepted.value.length}`)
  return ok(EXIT.done)
}

function fieldsOf({ address, finding, reason, by, acceptedMs, untilMs }: AcceptedFinding) {
  return { mailbox: address, finding, reason, by, accepted: isoTime(acceptedMs), until: isoTime(untilMs) }
}

function lineOf({ address, finding, reason, by, acceptedMs, untilMs }: AcceptedFinding): string {
  const until = untilMs === null ? '' : `, until ${isoTime(untilMs)}`
  return `${address}  ${FINDING_WORDS[finding]}  by ${by}, ${isoTime(acceptedMs)}${until}${reason === '' ? '' : `: ${reason}`}`
}

function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

function tell({ output }: CommandContext, { people }: { people: number }, words: string): Result<ExitCode> {
  output.result({ people }, `${words} ${people} people.`)
  return ok(EXIT.done)
}

import type { ConnectionStatus, ConnectionStep, Endpoints } from '../../../../shared/connections.ts'
import type { ConnectOutcome } from '../../../../shared/contract/connections.ts'
import { describeStep } from '../../../../shared/describe-connection.ts'
import { fail, ok, type Result } from '../../../../shared/result.ts'
import type { CommandContext } from '../command-context.ts'
import { canConnect, connectAccount } from '../connect-account.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { warnOfBasic, withEngine, withSession } from '../open-session.ts'
import type { Output } from '../output.ts'

/** `connect`: what discovery did, step by step, and the URLs found. */
export async function runConnect(context: CommandContext): Promise<Result<ExitCode>> {
  const { account, demo } = context.options
  if (account === undefined && !demo) {
    const reason = 'Give --account ADDRESS with --password-stdin, --auth bearer or --auth negotiate, or --demo'
    return fail({ code: 'invalid-input', field: 'connect', reason })
  }
  if (account === undefined || !canConnect(context.options))
    return withSession(context, async ({ status }) => {
      tellAccount(context.output, status, null)
      return status.error === null ? ok(EXIT.done) : fail(status.error)
    })
  return withEngine(context, {}, async (engine) => {
    const outcome = await connectAccount(context, engine, account)
    if (!outcome.ok) return outcome
    tellSteps(context.output, outcome.value)
    if (outcome.value.error !== null) return fail(outcome.value.error)
    const status = await engine.client.connections.read()
    tellAccount(context.output, status, outcome.value.endpoints ?? null)
    if (status.account !== null) warnOfBasic(context, status.account)
    return ok(EXIT.done)
  })
}

function tellSteps(output: Output, { steps }: ConnectOutcome): void {
  for (const step of steps) output.result(toLine(step), describeStep(step))
}

/** One object a step, its fields always in this order. */
function toLine({ name, url, status, durationMs, outcome, detail, advice, evidence }: ConnectionStep): object {
  return { step: name, url, status, durationMs, outcome, detail, advice, evidence }
}

function tellAccount(output: Output, { account, state }: ConnectionStatus, endpoints: Endpoints | null): void {
  if (account === null) return
  const { address, userName, auth, ewsUrl, isDemo, secretKeptIn } = account
  const photosUrl = endpoints?.photosUrl ?? null
  const serverVersion = endpoints?.serverVersion ?? null
  const lines = [`Account: ${address} (${state})`, `EWS URL: ${ewsUrl}`]
  if (photosUrl !== null) lines.push(`Photos URL: ${photosUrl}`)
  lines.push(`${auth === 'bearer' ? 'Sign-in' : 'Password'}: ${SECRET_WORDS[secretKeptIn]}`)
  output.result(
    { account: address, userName, auth, state, ewsUrl, photosUrl, serverVersion, isDemo, secretKeptIn },
    lines.join('\n'),
  )
  if (secretKeptIn === 'this-run' && !isDemo) output.message(KEPT_FOR_THIS_RUN)
}

const KEPT_FOR_THIS_RUN =
  'This system has no password store that works. The sign-in is forgotten when this command ends: give --password-stdin or --auth bearer with every command.'

const SECRET_WORDS = {
  'os-store': 'kept in the operating system’s store',
  'this-run': 'kept for this run only',
  nowhere: 'not kept',
} as const

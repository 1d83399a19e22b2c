import { setTimeout as wait } from 'node:timers/promises'
import type { Account, ConnectionStatus } from '../../../shared/connections.ts'
import { describeError } from '../../../shared/describe-error.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { EngineOptions, HostCapabilities } from '../../engine/host-ports.ts'
import type { AccountSession, InProcessEngine } from '../../engine/session-types.ts'
import { askEngine } from './ask-engine.ts'
import type { Closable, CommandContext } from './command-context.ts'
import { canConnect, connectAccount } from './connect-account.ts'
import { readCaFile } from './network-overrides.ts'
import { oauthOf, tellSignIn } from './oauth-options.ts'
import { tellPauses } from './tell-pauses.ts'

/** How often a connection that is being made is looked at (ms). */
const LOOK_EVERY_MS = 40

/** An engine with an opened account. */
export interface OpenSession {
  readonly engine: InProcessEngine
  readonly session: AccountSession
  readonly status: ConnectionStatus
}

/** Opens the account that the options mean, works, and closes everything again, whatever happens. */
export async function withSession<T>(
  context: CommandContext,
  work: (open: OpenSession) => Promise<Result<T>>,
  host: Partial<HostCapabilities> = {},
): Promise<Result<T>> {
  return withEngine(context, host, async (engine) => {
    const status = await openAccount(context, engine)
    if (!status.ok) return status
    const session = engine.session()
    if (session === null) return noSession(context, status.value)
    await session.filling.whenFilled()
    if (status.value.state === 'signed-out')
      return fail(
        status.value.error ?? { code: 'unauthorized', endpoint: session.account.ewsUrl, hint: 'no-credentials' },
      )
    warnOfBasic(context, session.account)
    if (status.value.state === 'offline' && status.value.error !== null)
      context.output.message(`Offline: ${describeError(status.value.error).title} Using the library.`)
    const stop = tellPauses(context, engine)
    try {
      return await work({ engine, session, status: status.value })
    } finally {
      stop()
    }
  })
}

/**
 * Opens the account that the options mean for work in its library alone: whether the server can be reached does not matter.
 * A library that cannot be opened is `openError`.
 */
export async function withLibrary<T>(
  context: CommandContext,
  work: (open: { engine: InProcessEngine; openError: AppError | null }) => Promise<Result<T>>,
): Promise<Result<T>> {
  return withEngine(context, {}, async (engine) => {
    const status = await openAccount(context, engine)
    const isOpen = engine.session() !== null
    const none = status.ok ? noSession(context, status.value) : status
    if (!isOpen && none.error.code !== 'library-unusable') return none
    return work({ engine, openError: isOpen ? null : none.error })
  })
}

/** Starts an engine for this run, in this thread, and closes it and the demo after the work. */
export async function withEngine<T>(
  context: CommandContext,
  host: Partial<HostCapabilities>,
  work: (engine: InProcessEngine) => Promise<Result<T>>,
): Promise<Result<T>> {
  const checked = checkOptions(context)
  if (!checked.ok) return checked
  const ca = await readCaFile(context.options.caFile)
  if (!ca.ok) return ca
  const demo: { current: Closable | null } = { current: null }
  // Loaded only now, so that wrong usage is told at once.
  const { startEngine } = await import('../../engine/start-engine.ts')
  const engine = await startEngine(engineOptions(context, ca.value), {
    chooseFolder: async () => null,
    revealFolder: async () => false,
    showSignIn: async (prompt) => tellSignIn(context.output, prompt),
    startDemo: context.options.demo ? () => startDemo(context, demo) : null,
    ...host,
  })
  try {
    return await work(engine)
  } finally {
    await engine.close()
    await demo.current?.close()
  }
}

async function startDemo(context: CommandContext, demo: { current: Closable | null }) {
  context.output.message('Starting the demo organisation.')
  const { people = null, dataDir } = context.options
  const started = await context.parts.startDemo({ people, dataDir })
  demo.current = started
  return started.connection
}

/** Said by every command that works with such an account (F6). */
export function warnOfBasic({ output }: CommandContext, { isBasic }: Account): void {
  if (isBasic === true)
    output.message('Warning: Basic sends the password itself with every request. Only TLS protects it.')
}

function checkOptions({ options }: CommandContext): Result<null> {
  const wrong = (reason: string) => fail({ code: 'invalid-input', field: 'options', reason })
  if (options.auth === 'bearer' && options.passwordStdin)
    return wrong('--auth bearer needs no password; leave out --password-stdin')
  if (options.demo && (options.account !== undefined || options.passwordStdin))
    return wrong('--demo brings its own account; leave out --account and --password-stdin')
  if (options.passwordStdin && options.account === undefined)
    return wrong('--password-stdin needs --account ADDRESS, too')
  if (options.clientPassphraseStdin && options.clientCertificate.length === 0)
    return wrong('--client-passphrase-stdin needs --client-certificate FILE, too')
  if (options.clientCertificate.length > 0 && (options.account === undefined || !canConnect(options)))
    return wrong('--client-certificate is given when an account is connected; give --account and how to sign in, too')
  if (!options.demo && options.people !== undefined) return wrong('--people is about the demo; give --demo, too')
  return ok(null)
}

function engineOptions({ options, parts }: CommandContext, extraCaPem: readonly string[]): EngineOptions {
  return {
    dataDir: options.dataDir,
    // No page is ever served to by this engine; the fields about one are never read.
    appInfo: { version: parts.version, host: 'browser', canChooseFolder: false, photoBase: '/photo' },
    network: {
      extraCaPem,
      resolveRules: options.resolve,
      dnsServer: options.dnsServer ?? null,
      pins: options.pinSha256,
      concurrency: options.concurrency ?? null,
    },
    secrets: 'os-store',
    logLevel: options.logLevel,
    oauth: oauthOf(options, 'device-code'),
    open: options.demo ? 'demo' : options.account === undefined ? 'last-or-demo' : 'nothing',
  }
}

/** Why nothing is open: no account is kept (the engine then misses the demo, which was not asked for), or its library fails. */
function noSession({ options }: CommandContext, { error }: ConnectionStatus) {
  if (error !== null && (options.demo || error.code !== 'not-supported')) return fail(error)
  const reason = 'No account is connected. Give --account ADDRESS with --password-stdin or --auth bearer, or --demo'
  return fail({ code: 'invalid-input', field: '--account', reason })
}

/** Opens the account and waits until it is known whether the server can be used. */
async function openAccount(context: CommandContext, engine: InProcessEngine): Promise<Result<ConnectionStatus>> {
  const { account, passwordStdin } = context.options
  if (account !== undefined) {
    const kept = await askEngine(engine.client.connections.list())
    if (!kept.ok) return kept
    const known = kept.value.find((other) => other.address === account)
    // Tokens that are kept are used: nobody types a code for each command.
    const hasTokens = known?.auth === 'bearer' && known.secretKeptIn !== 'nowhere'
    if (passwordStdin || (canConnect(context.options) && !hasTokens)) return connectNow(context, engine, account)
    if (known === undefined) {
      const reason = `${account} was never connected here. Give its password with --password-stdin, or --auth bearer`
      return fail({ code: 'invalid-input', field: '--account', reason })
    }
    const used = await askEngine(engine.client.connections.use({ address: account }))
    if (!used.ok) return used
  }
  return whenSettled(engine, context.signal)
}

async function connectNow(context: CommandContext, engine: InProcessEngine, account: SmtpAddress) {
  const outcome = await connectAccount(context, engine, account)
  if (!outcome.ok) return outcome
  return outcome.value.error === null ? whenSettled(engine, context.signal) : fail(outcome.value.error)
}

/** Waits while the connection is being made. Fails with `cancelled`. */
async function whenSettled(engine: InProcessEngine, signal: AbortSignal): Promise<Result<ConnectionStatus>> {
  for (;;) {
    if (signal.aborted) return fail({ code: 'cancelled' })
    const status = await askEngine(engine.client.connections.read())
    if (!status.ok || status.value.state !== 'connecting') return status
    await wait(LOOK_EVERY_MS, null, { signal }).catch(() => null)
  }
}

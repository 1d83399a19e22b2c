import type { Account, ConnectionStatus, Endpoints } from '../../shared/connections.ts'
import type { ConnectionTest, ConnectOutcome } from '../../shared/contract/connections.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { parseSmtpAddress, type SmtpAddress } from '../../shared/smtp-address.ts'
import type { ExchangeSession } from '../core/connections/ports.ts'
import { describeThrown } from '../core/jobs/describe-thrown.ts'
import type { AccountSecrets } from './account-secrets.ts'
import type { OpenedAccount } from './account-session.ts'
import { hostPrompter, tokensOf } from './account-tokens.ts'
import { type CheckedConnectInput, type ConnectMemory, connectAccount, type SignedIn } from './connect-account.ts'
import { rememberAccount } from './connect-memory.ts'
import type { EngineParts } from './engine-parts.ts'
import type { DemoConnection, EngineOptions } from './host-ports.ts'
import { ldapAt } from './ldap-access.ts'
import { networkFor } from './network-for.ts'
import { demoAccount, demoLink, demoNetwork, openAccount, storedAccount } from './open-account.ts'
import type { PrepareLink } from './server-link.ts'
import { storedLink } from './stored-link.ts'
import type { PendingVault } from './token-vaults.ts'

/** Keeps the accounts and the one that is open. Switching is one at a time; signing in goes on behind it. */
export interface AccountManager {
  /** The opened account, or why there is none. */
  current(): Result<OpenedAccount>
  status(): ConnectionStatus
  list(): Promise<Account[]>
  /** Opens what is to be open at the start. Signing in goes on behind. */
  openAtStart(open: EngineOptions['open']): Promise<void>
  connect(input: CheckedConnectInput, signal: AbortSignal): Promise<ConnectOutcome>
  use(address: SmtpAddress): Promise<Result<ConnectionStatus>>
  useDemo(): Promise<Result<ConnectionStatus>>
  retry(): Promise<ConnectionStatus>
  /** Behind what is going on, when this is the account that is open. */
  signInAgain(address: SmtpAddress): void
  /** The connection doctor, for the account that is open. */
  test(signal: AbortSignal): Promise<Result<ConnectionTest>>
  forget(address: SmtpAddress): Promise<ConnectionStatus>
  /**
   * Sets the library aside of the account that is, or should be, open, and opens it anew. Fails with `library-unusable` when
   * it cannot be moved, with `not-connected` when there is no account.
   */
  rebuildLibrary(): Promise<Result<ConnectionStatus>>
  close(): Promise<void>
}

export interface AccountManagerDeps {
  readonly parts: EngineParts
  readonly secrets: AccountSecrets
  /** Called when an account has been opened, with its way to the server still to come. */
  readonly onOpened: (session: OpenedAccount) => void
}

const NOBODY: ConnectionStatus = { account: null, state: 'none', error: null, busyUntilMs: null }

/** Makes a manager with nothing open. */
export function createAccountManager({ parts, secrets, onOpened }: AccountManagerDeps): AccountManager {
  const { options, host, hub, jobs, accounts } = parts
  let opened: OpenedAccount | null = null
  /** Why nothing is open although it should be. */
  let openError: AppError | null = null
  let demo: Promise<DemoConnection> | null = null
  /** The account that was to be opened last, and how: also when that failed. */
  let wanted: { readonly account: Account; readonly link: PrepareLink } | null = null
  let switching: Promise<unknown> = Promise.resolve()

  /** One switch after the other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = switching.then(work)
    switching = turn.catch(() => {})
    return turn
  }

  async function leave(): Promise<void> {
    const left = opened
    opened = null
    openError = null
    if (left === null) return
    await jobs.close()
    await left.close()
  }

  function status(): ConnectionStatus {
    return opened?.status() ?? { ...NOBODY, error: openError }
  }

  /** Whoever is told works with the people who are known. A library that cannot be read to its end was not opened. */
  function tellOpened(session: OpenedAccount): void {
    const { behind } = session.filling
    if (behind === null) onOpened(session)
    else
      behind.then(
        () => session === opened && onOpened(session),
        (cause) => inTurn(() => giveUp(session, describeThrown(parts.log, 'filling the index', cause))),
      )
  }

  async function giveUp(session: OpenedAccount, error: AppError): Promise<void> {
    if (session !== opened) return
    await leave()
    openError = error
    hub.emit({ type: 'connection-changed', status: status() })
  }

  /** Opens the library; the server comes later. */
  async function enter(account: Account, link: PrepareLink): Promise<Result<OpenedAccount>> {
    await leave()
    wanted = { account, link }
    const library = await openAccount(parts, account, link)
    if (library.ok) {
      opened = library.value
      tellOpened(library.value)
    } else openError = library.error
    hub.emit({ type: 'connection-changed', status: status() })
    return library
  }

  async function enterStored(address: SmtpAddress): Promise<Result<OpenedAccount>> {
    const stored = accounts.find(address)
    if (stored === null) return fail({ code: 'unknown-reference', what: `The account ${address}` })
    const account = storedAccount(stored, await secrets.whereIs(stored))
    const entered = await enter(account, storedLink(parts, stored, secrets))
    if (entered.ok) accounts.setLastUsed(address)
    return entered
  }

  async function enterDemo(): Promise<Result<OpenedAccount>> {
    if (host.startDemo === null) return fail({ code: 'not-supported', feature: 'The demo organisation' })
    demo ??= host.startDemo()
    try {
      const connection = await demo
      const account = demoAccount(connection)
      return account.ok ? enter(account.value, demoLink(parts, connection)) : account
    } catch (cause) {
      demo = null
      return fail(describeThrown(parts.log, 'starting the demo', cause))
    }
  }

  async function isDemoAddress(address: SmtpAddress): Promise<boolean> {
    if (opened?.account.isDemo === true && opened.account.address === address) return true
    const connection = await demo?.catch(() => null)
    return connection !== null && connection !== undefined && parseSmtpAddress(connection.address) === address
  }

  /** Opens and signs in; both are waited for. */
  async function switchTo(work: () => Promise<Result<OpenedAccount>>): Promise<Result<ConnectionStatus>> {
    const entered = await inTurn(work)
    return entered.ok ? ok(await entered.value.connect()) : entered
  }

  /** Keeps the account with what it signed in with: either its password or its tokens. */
  async function keep(
    input: CheckedConnectInput,
    { agreedHosts, pins, ldapUrl, authorities, clientCertificate }: ConnectMemory,
    { endpoints, discovery, session, scheme, isByToken }: SignedIn,
    vault: PendingVault,
  ): Promise<Result<OpenedAccount>> {
    const { address, password, isRemembered } = input
    const userName = input.userName || address
    await secrets.forget(address)
    if (isByToken) await vault.adopt(isRemembered)
    else if (password !== '') await secrets.passwords.keep(address, password, isRemembered)
    // Once it was a token or a ticket, it stays so: nothing weaker is tried later.
    const auth = isByToken ? 'bearer' : password === '' ? 'negotiate' : input.auth
    if (clientCertificate !== undefined) await secrets.clientCertificates.keep(address, clientCertificate, isRemembered)
    const agreed = { agreedHosts: [...agreedHosts], pins: [...(pins ?? [])], authorities: [...(authorities ?? [])] }
    const kept = accounts.find(address)?.ldap
    const ldap = ldapUrl === null ? {} : { ldap: ldapAt(ldapUrl, kept) }
    if (ldap.ldap?.userName !== kept?.userName) await secrets.ldap.forget(address)
    accounts.save({ address, userName, auth, endpoints, ...agreed, ...ldap, discovery, scheme })
    const entered = await inTurn(() => enterStored(address))
    await connectOrClose(entered, session, endpoints)
    return entered
  }

  /** What the doctor asks with. */
  async function doctorTarget({ account }: OpenedAccount) {
    const { address, userName, auth } = account
    const stored = account.isDemo ? null : accounts.find(address)
    const connection = account.isDemo ? await demo?.catch(() => null) : null
    const isWithoutPassword = auth === 'bearer' || auth === 'negotiate'
    const kept = connection?.password ?? (await secrets.passwords.read(address))
    const password = kept ?? (isWithoutPassword ? '' : null)
    if (password === null) {
      return fail({ code: 'unauthorized', endpoint: account.ewsUrl, hint: 'no-credentials' })
    }
    const network = connection ? demoNetwork(parts, connection) : networkFor(parts, options.network, stored ?? {})
    const isTyped = stored !== null && stored.discovery === null
    const agreedHosts = [new URL(account.ewsUrl).hostname]
    const asked = { address, userName, auth, password, agreedHosts, isRemembered: false }
    const tokens = tokensOf(parts, stored ?? account, secrets.tokens.open(address), () => null)
    return ok({ network, tokens, input: isTyped ? { ...asked, ewsUrl: account.ewsUrl } : asked })
  }

  return {
    current: () => (opened === null ? fail(openError ?? { code: 'not-connected' }) : ok(opened)),
    status,
    async list() {
      const kept = await Promise.all(
        accounts.list().map(async (stored) => storedAccount(stored, await secrets.whereIs(stored))),
      )
      return opened?.account.isDemo === true ? [...kept, opened.account] : kept
    },
    async openAtStart(open) {
      if (open === 'nothing') return
      const last = open === 'demo' ? null : accounts.lastUsed()
      const entered = await inTurn(() => (last === null ? enterDemo() : enterStored(last)))
      if (entered.ok) void entered.value.connect()
      else openError = entered.error
    },
    async connect(input, signal) {
      const remembered = await rememberAccount(parts, secrets, input)
      if (!remembered.ok) return { steps: [], account: null, error: remembered.error, isExchangeOnline: false }
      const memory = remembered.value
      const network = networkFor(parts, options.network, memory)
      const vault = secrets.tokens.begin(input.address)
      const { authorities } = memory
      const user = { address: input.address, userName: input.userName || input.address, authorities }
      // Whoever connects waits and may be asked to sign in; nobody is asked out of the blue later on.
      let isWaiting = true
      const tokens = tokensOf(parts, user, vault, () => (isWaiting ? hostPrompter(parts) : null))
      const attempt = await connectAccount({ ...parts, network, tokens }, input, memory, signal)
      isWaiting = false
      const { steps, endpoints, result, isExchangeOnline } = attempt
      const kept = result.ok ? await keep(input, memory, result.value, vault) : result
      const outcome = { steps, endpoints, isExchangeOnline }
      return kept.ok
        ? { ...outcome, account: kept.value.account, error: null }
        : { ...outcome, account: null, error: kept.error }
    },
    use: (address) => switchTo(async () => ((await isDemoAddress(address)) ? enterDemo() : enterStored(address))),
    useDemo: () => switchTo(enterDemo),
    retry: async () => (opened === null ? status() : opened.connect()),
    signInAgain(address) {
      if (opened?.account.address === address) void opened.connect()
    },
    async test(signal) {
      if (opened === null) return fail(openError ?? { code: 'not-connected' })
      const target = await doctorTarget(opened)
      if (!target.ok) return target
      const { network, tokens, input } = target.value
      const memory = await rememberAccount(parts, secrets, input)
      if (!memory.ok) return memory
      const { steps, result } = await connectAccount({ ...parts, network, tokens }, input, memory.value, signal)
      if (result.ok) await result.value.session.close()
      return ok({ steps, error: result.ok ? null : result.error })
    },
    async forget(address) {
      await inTurn(async () => {
        if (opened?.account.address === address) await leave()
        if (wanted?.account.address === address) wanted = null
        accounts.remove(address)
        await secrets.forget(address)
        await secrets.ldap.forget(address)
        await parts.libraryPlace(address).remove()
      })
      hub.emit({ type: 'connection-changed', status: status() })
      return status()
    },
    rebuildLibrary: () =>
      switchTo(async () => {
        if (wanted === null) return fail({ code: 'not-connected' })
        const { account, link } = wanted
        await leave()
        const aside = await parts.libraryPlace(account.address).setAside()
        const entered = await enter(account, link)
        // What could not be moved was opened again, if it can be; that it was not rebuilt must be said.
        return aside.ok ? entered : aside
      }),
    close: () => inTurn(leave),
  }
}

async function connectOrClose(
  entered: Result<OpenedAccount>,
  session: ExchangeSession,
  endpoints: Endpoints,
): Promise<void> {
  if (entered.ok) await entered.value.connect({ session, endpoints })
  else await session.close()
}

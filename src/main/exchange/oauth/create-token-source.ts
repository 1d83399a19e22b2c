import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node'
import { z } from 'zod'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type {
  NetworkOptions,
  OAuthPlanner,
  SignInPrompter,
  TokenRequest,
  TokenSource,
  TokenVault,
} from '../../core/connections/ports.ts'
import type { Clock } from '../../core/ports.ts'
import { askToSignIn } from './ask-to-sign-in.ts'
import { createNetworkClient, type OAuthNetwork } from './create-network-client.ts'
import { nameOAuthError } from './name-oauth-error.ts'

/** A token that ends within this time is no longer sent, ms: clocks differ, and a request may wait for its turn. */
const ENDS_SOON_MS = 60_000

/** How long a person may take to sign in, ms. */
const SIGN_IN_LIMIT_MS = 10 * 60_000

/** What is kept of a sign-in: enough to go on without settings, and the library's own cache, which holds the tokens. */
const keptSchema = z.strictObject({
  version: z.literal(1),
  plan: z.strictObject({
    clientId: z.string(),
    authority: z.url({ protocol: /^https$/ }),
    kind: z.enum(['entra', 'adfs', 'openid']),
    scope: z.string(),
  }),
  cache: z.string(),
})
type Kept = z.infer<typeof keptSchema>

export interface TokenSourceOptions {
  /** The user name that the sign-in page begins with. */
  readonly userName: string
  readonly planner: OAuthPlanner
  readonly vault: TokenVault
  /** Who may be asked to sign in now; null: nobody, as when no person is waiting for it. */
  readonly prompter: () => SignInPrompter | null
  readonly network: NetworkOptions
  readonly clock: Clock
}

interface Held {
  readonly token: string
  readonly endsMs: number
}

/** Gets, keeps and refreshes the access tokens of one account, by the Microsoft Authentication Library (MSAL). */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { vault, clock } = options
  const held = new Map<string, Held>()
  const underWay = new Map<string, Promise<Result<Held>>>()

  async function acquire(request: TokenRequest, isForced: boolean): Promise<Result<Held>> {
    const kept = readKept(await vault.read())
    const silent = kept === null ? fail(signInAgain(request.origin)) : await refresh(options, kept, request, isForced)
    const prompter = options.prompter()
    if (silent.ok || prompter === null || silent.error.code !== 'unauthorized') return silent
    return signIn(options, prompter, request)
  }

  function start(key: string, request: TokenRequest, isForced: boolean): Promise<Result<Held>> {
    const asking = acquire(request, isForced)
      .then((answer) => {
        if (answer.ok) held.set(key, answer.value)
        return answer
      })
      .finally(() => underWay.delete(key))
    underWay.set(key, asking)
    return asking
  }

  return {
    async token(request) {
      if (request.signal.aborted) return fail({ code: 'cancelled' })
      // The same host gets the same token, whatever the request.
      const key = request.origin.host
      const now = held.get(key)
      if (now !== undefined && now.token !== request.refused && now.endsMs - ENDS_SOON_MS > clock.nowMs()) {
        return ok(now.token)
      }
      // Whoever comes meanwhile waits for the same answer, unless it is the one that was refused.
      const joined = underWay.get(key)
      const shared = joined === undefined ? null : await orAborted(joined, request.signal)
      if (shared !== null && (!shared.ok || shared.value.token !== request.refused)) return tokenOf(shared)
      const asking = underWay.get(key) ?? start(key, request, now !== undefined || request.refused !== null)
      return tokenOf(await orAborted(asking, request.signal))
    },
  }
}

function tokenOf(answer: Result<Held>): Result<string> {
  return answer.ok ? ok(answer.value.token) : answer
}

/** A token without anybody's help: the one that is kept, or a fresh one. Whatever the provider refuses ends in `sign-in-again`. */
async function refresh(
  { planner, vault, ...options }: TokenSourceOptions,
  kept: Kept,
  request: TokenRequest,
  forceRefresh: boolean,
): Promise<Result<Held>> {
  const network = createNetworkClient(options.network, new AbortController().signal)
  const client = await openClient(vault, kept, network)
  try {
    const [account] = await client.getTokenCache().getAllAccounts()
    if (account === undefined) return fail(signInAgain(request.origin))
    const scopes = planner.scopesFor(kept.plan, request.origin)
    return toHeld(await client.acquireTokenSilent({ account, scopes, forceRefresh }), kept.plan.authority)
  } catch (thrown) {
    if (network.failure !== null) return fail(network.failure)
    const error = nameOAuthError(thrown, kept.plan.authority)
    options.network.log.info('the tokens cannot be refreshed', { error })
    return fail(signInAgain(request.origin))
  }
}

/** Has a person sign in, and keeps what comes of it. */
async function signIn(
  options: TokenSourceOptions,
  prompter: SignInPrompter,
  { origin, askRealm, signal }: TokenRequest,
): Promise<Result<Held>> {
  const { planner, userName: loginHint, vault } = options
  const planned = planner.plan(origin, planner.needsRealm(origin) ? await askRealm() : null)
  if (!planned.ok) return planned
  const plan = planned.value
  const limit = AbortSignal.timeout(SIGN_IN_LIMIT_MS)
  const until = AbortSignal.any([signal, limit])
  const network = createNetworkClient(options.network, until)
  const client = await openClient(vault, { version: 1, plan, cache: '' }, network)
  try {
    const scopes = planner.scopesFor(plan, origin)
    const asked = { client, scopes, loginHint, isOpenId: plan.kind === 'openid', prompter, signal: until }
    return toHeld(await askToSignIn(asked), plan.authority)
  } catch (thrown) {
    if (signal.aborted) return fail({ code: 'cancelled' })
    const endpoint = new URL(plan.authority).origin
    if (limit.aborted) return fail({ code: 'oauth-failed', endpoint, reason: 'expired' })
    return fail(network.failure ?? nameOAuthError(thrown, plan.authority))
  }
}

/** The library, over what is kept. It is loaded when it is first needed: whoever signs in with a password never does. */
async function openClient(
  vault: TokenVault,
  kept: Kept,
  networkClient: OAuthNetwork,
): Promise<PublicClientApplication> {
  const { LogLevel, ProtocolMode, PublicClientApplication } = await import('@azure/msal-node')
  const { clientId, authority, kind } = kept.plan
  let { cache } = kept
  return new PublicClientApplication({
    auth: { clientId, authority, knownAuthorities: kind === 'entra' ? [] : [new URL(authority).host] },
    cache: {
      cachePlugin: {
        async beforeCacheAccess(context) {
          if (cache !== '') context.tokenCache.deserialize(cache)
        },
        async afterCacheAccess(context) {
          if (!context.cacheHasChanged) return
          cache = context.tokenCache.serialize()
          await vault.write(JSON.stringify({ ...kept, cache }))
        },
      },
    },
    system: {
      networkClient,
      protocolMode: kind === 'openid' ? ProtocolMode.OIDC : ProtocolMode.AAD,
      // Its messages name people and tokens' claims.
      loggerOptions: { loggerCallback: () => {}, piiLoggingEnabled: false, logLevel: LogLevel.Error },
    },
  })
}

function toHeld(result: AuthenticationResult | null, authority: string): Result<Held> {
  if (result === null || result.accessToken === '') {
    return fail({ code: 'oauth-failed', endpoint: new URL(authority).origin, reason: 'no-access-token' })
  }
  // Without an end it is asked for again with the next request.
  return ok({ token: result.accessToken, endsMs: result.expiresOn?.getTime() ?? 0 })
}

function readKept(text: string | null): Kept | null {
  if (text === null) return null
  try {
    return keptSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function signInAgain(origin: URL): Extract<AppError, { code: 'unauthorized' }> {
  return { code: 'unauthorized', endpoint: origin.origin, hint: 'sign-in-again', scheme: 'bearer' }
}

/** The answer, or `cancelled` as soon as the signal is aborted; whoever else waits for it goes on waiting. */
function orAborted<T>(asking: Promise<Result<T>>, signal: AbortSignal): Promise<Result<T>> {
  const aborted = Promise.withResolvers<Result<T>>()
  const abort = (): void => aborted.resolve(fail({ code: 'cancelled' }))
  signal.addEventListener('abort', abort, { once: true })
  return Promise.race([asking, aborted.promise]).finally(() => signal.removeEventListener('abort', abort))
}

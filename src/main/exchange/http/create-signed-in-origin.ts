import type tls from 'node:tls'
import type { AuthChoice } from '../../../shared/connections.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Credentials, NetworkOptions } from '../../core/connections/ports.ts'
import { createBearerSender } from './bearer/create-bearer-sender.ts'
import { chooseScheme, type Scheme } from './choose-scheme.ts'
import { createLine, type Line } from './create-line.ts'
import { createLinePool } from './create-line-pool.ts'
import { nameRefusal } from './name-refusal.ts'
import { createTicketSender } from './negotiate/create-ticket-sender.ts'
import { sendWithNtlm } from './ntlm/send-with-ntlm.ts'
import { readChallenges } from './read-challenges.ts'
import type { HttpOutcome, HttpReply, HttpRequest } from './reply.ts'
import type { SignInGuard } from './sign-in-guard.ts'
import { isTalkingDown } from './stronger-offers.ts'

/** What came of a request with credentials. */
export type SignedInOutcome =
  | HttpOutcome
  /** The server did not ask for a sign-in; `reply` answers a question without credentials and body, not the request. */
  | { readonly kind: 'not-asked-to-sign-in'; readonly reply: HttpReply }

/** One origin and one set of credentials. Never rejects. */
export interface SignedInOrigin {
  send(request: HttpRequest): Promise<SignedInOutcome>
  /** The scheme in use; null before the first request. */
  readonly scheme: Scheme | null
  close(): Promise<void>
}

export interface SignedInOriginOptions {
  /** `https:` only. */
  readonly origin: URL
  readonly credentials: Credentials
  readonly auth: AuthChoice
  readonly guard: SignInGuard
  readonly network: NetworkOptions
  /** How long the server may be silent (ms). */
  readonly timeoutMs: number
}

/** Credentials that some server accepted in this run: a refusal elsewhere then has another cause than the password. */
const knownGood = new WeakSet<Credentials>()

/** A socket lost before any answer came: the server had closed it while it was idle. */
const LOST_WHILE_IDLE = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/** Sends requests with credentials to one origin, over sockets that are signed in when they are first used. */
export function createSignedInOrigin(options: SignedInOriginOptions): SignedInOrigin {
  const { origin, network, guard } = options
  if (origin.protocol !== 'https:') throw new Error('credentials are sent over https only')
  const { clientCertificate } = options.credentials
  const sockets = { ...network, clientCertificate }
  const pool = createLinePool(network.concurrency, () => createLine(origin, sockets, options.timeoutMs))
  const basic = createBasicSender(options)
  const ntlm = createNtlmSender(options)
  const bearer = createBearerSender(options)
  const negotiate = createTicketSender(options)
  let scheme: Scheme | null = null

  /** The first request asks, without credentials, how to sign in; those that come meanwhile wait for it. */
  const learnScheme = (line: Line, request: HttpRequest): Promise<SignedInOutcome | null> =>
    guard.alone(async () => {
      if (scheme !== null) return null
      const path = request.path.split('?')[0] ?? '/'
      const probe = await line.send({ ...request, method: 'POST', path, headers: {}, body: null })
      if (probe.kind === 'failed') return probe
      if (probe.reply.status !== 401) return { kind: 'not-asked-to-sign-in', reply: probe.reply }
      const offered = readChallenges(probe.reply).map((offer) => offer.scheme)
      if (isTalkingDown(options.credentials, offered) && options.auth === 'auto') {
        return failure(unauthorized(origin, 'weaker-scheme'), 401)
      }
      const choice = chooseScheme(offered, options.auth, options.credentials)
      if (choice.kind === 'not-supported') return failure({ code: 'not-supported', feature: choice.feature })
      if (choice.kind === 'not-offered') return failure(unauthorized(origin, 'scheme-not-offered'), 401)
      if (choice.kind === 'no-password') return failure(unauthorized(origin, 'no-credentials'), 401)
      scheme = choice.scheme
      network.log.debug('sign-in scheme chosen', { origin: origin.origin, offered, scheme })
      return null
    })

  const sendOnce = async (line: Line, request: HttpRequest): Promise<SignedInOutcome> => {
    const early = scheme === null ? await learnScheme(line, request) : null
    if (early !== null) return early
    if (guard.refusal !== null) return failure(guard.refusal)
    if (scheme === 'bearer') return bearer(line, request)
    if (scheme === 'negotiate') return negotiate(line, request)
    return scheme === 'ntlm' ? ntlm(line, request) : basic(line, request)
  }

  return {
    get scheme() {
      return scheme
    },
    async send(request) {
      if (guard.refusal !== null) return failure(guard.refusal)
      const line = await pool.borrow(request.signal)
      if (line === null) return failure({ code: 'cancelled' })
      try {
        const isReused = line.socket !== null
        const outcome = await sendOnce(line, request)
        return isReused && isLostWhileIdle(outcome) ? await sendOnce(line, request) : outcome
      } finally {
        pool.giveBack(line)
      }
    },
    close: () => pool.close(),
  }
}

type Sender = (line: Line, request: HttpRequest) => Promise<SignedInOutcome>

/** Basic: the header goes with every request. Until one was accepted, requests go one by one. */
function createBasicSender({ credentials, origin, guard }: SignedInOriginOptions): Sender {
  const token = Buffer.from(`${credentials.userName}:${credentials.password}`, 'utf8').toString('base64')
  let isAccepted = false
  const sendNow: Sender = async (line, request) => {
    if (guard.refusal !== null) return failure(guard.refusal)
    const outcome = await line.send({ ...request, headers: { ...request.headers, authorization: `Basic ${token}` } })
    if (outcome.kind === 'failed') return outcome
    if (isRefusal(outcome.reply)) {
      const isOver = isAccepted && outcome.reply.status === 401
      const error = nameRefusal(outcome.reply, origin, Date.now())
      return refuse(guard, isOver ? unauthorized(origin, 'no-longer-accepted', 'basic') : error)
    }
    if (isProof(outcome.reply)) {
      isAccepted = true
      knownGood.add(credentials)
    }
    return outcome
  }
  return async (line, request) => {
    if (isAccepted) return sendNow(line, request)
    const first = await guard.alone(async () => (isAccepted ? null : sendNow(line, request)))
    return first ?? sendNow(line, request)
  }
}

/** NTLM: one handshake for each socket, then nothing. A 401 on a signed-in socket gets one handshake more. */
function createNtlmSender({ credentials, origin, guard }: SignedInOriginOptions): Sender {
  const signedIn = new WeakMap<Line, tls.TLSSocket>()
  let isAcceptedHere = false
  const hintOfRefusal = () => {
    if (isAcceptedHere) return 'no-longer-accepted'
    return knownGood.has(credentials) ? 'channel-binding' : 'wrong-password'
  }
  const signIn: Sender = async (line, request) => {
    if (guard.refusal !== null) return failure(guard.refusal)
    const handshake = await sendWithNtlm(line, request, credentials, origin)
    switch (handshake.kind) {
      case 'failed':
        return handshake
      case 'refused': {
        return refuse(guard, unauthorized(origin, hintOfRefusal(), 'ntlm'))
      }
      case 'no-challenge':
        if (handshake.reply.status !== 401) return { kind: 'not-asked-to-sign-in', reply: handshake.reply }
        return isAcceptedHere
          ? refuse(guard, unauthorized(origin, 'no-longer-accepted', 'ntlm'))
          : failure(unauthorized(origin, 'scheme-not-offered'), 401)
      case 'signed-in':
        signedIn.set(line, handshake.socket)
        if (handshake.reply.status === 401) return refuse(guard, unauthorized(origin, hintOfRefusal(), 'ntlm'))
        if (isRefusal(handshake.reply)) return refuse(guard, nameRefusal(handshake.reply, origin, Date.now()))
        if (isProof(handshake.reply)) {
          isAcceptedHere = true
          knownGood.add(credentials)
        }
        return { kind: 'reply', reply: handshake.reply }
    }
  }
  return async (line, request) => {
    if (line.socket !== null && signedIn.get(line) === line.socket) {
      const outcome = await line.send(request)
      if (outcome.kind === 'failed' || outcome.reply.status !== 401) return outcome
    }
    return guard.alone(() => signIn(line, request))
  }
}

/** 456: the account is locked (protocol.md 2.7). */
function isRefusal(reply: HttpReply): boolean {
  return reply.status === 401 || reply.status === 456
}

/** Whether an answer can only come after a sign-in that worked; a busy server or a proxy may answer before it. */
function isProof({ status }: HttpReply): boolean {
  return (status >= 200 && status < 300) || status === 304 || status === 403 || status === 404
}

function isLostWhileIdle(outcome: SignedInOutcome): boolean {
  return (
    outcome.kind === 'failed' &&
    outcome.status === null &&
    outcome.error.code === 'unreachable' &&
    LOST_WHILE_IDLE.has(outcome.error.reason)
  )
}

function refuse(guard: SignInGuard, error: AppError): SignedInOutcome {
  guard.refuse(error)
  return failure(guard.refusal ?? error, 401)
}

function unauthorized(
  origin: URL,
  hint: Extract<AppError, { code: 'unauthorized' }>['hint'],
  scheme?: Scheme,
): AppError {
  return { code: 'unauthorized', endpoint: origin.origin, hint, ...(scheme !== undefined && { scheme }) }
}

function failure(error: AppError, status: number | null = null): Extract<HttpOutcome, { kind: 'failed' }> {
  return { kind: 'failed', error, status, bodyBytes: 0 }
}

import type { AppError } from '../../../../shared/errors.ts'
import { fail, type Result } from '../../../../shared/result.ts'
import type { BearerRealm, Credentials } from '../../../core/connections/ports.ts'
import type { Line } from '../create-line.ts'
import { nameRefusal } from '../name-refusal.ts'
import type { HttpOutcome, HttpRequest } from '../reply.ts'
import type { SignInGuard } from '../sign-in-guard.ts'
import { readRealm } from './read-realm.ts'

export interface BearerSenderOptions {
  readonly origin: URL
  readonly credentials: Credentials
  readonly guard: SignInGuard
}

/**
 * Sends requests with an access token. A 401 gets one token more and one try more, and then nothing: a server that refuses a
 * fresh token is not asked again in this session.
 * @see RFC 6750; protocol.md 4.2
 */
export function createBearerSender({ origin, credentials, guard }: BearerSenderOptions) {
  const sendWith = (line: Line, request: HttpRequest, token: string): Promise<HttpOutcome> =>
    line.send({ ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } })

  const tokenFor = (line: Line, request: HttpRequest, refused: string | null): Promise<Result<string>> => {
    const { signal } = request
    if (credentials.tokens === undefined) return Promise.resolve(fail(unauthorized(origin, 'no-client-id')))
    return credentials.tokens.token({ origin, refused, askRealm: () => askRealm(line, request), signal })
  }

  /** What keeps a token away keeps it away from all: nobody is asked to sign in twice. A network's fault may pass. */
  const withoutToken = (error: AppError): HttpOutcome => {
    if (error.code === 'unauthorized' || error.code === 'oauth-failed') guard.refuse(error)
    return failure(error, null)
  }

  return async (line: Line, request: HttpRequest): Promise<HttpOutcome> => {
    const token = await tokenFor(line, request, null)
    if (!token.ok) return withoutToken(token.error)
    const first = await sendWith(line, request, token.value)
    if (first.kind === 'failed' || first.reply.status !== 401) return first
    const fresh = await tokenFor(line, request, token.value)
    if (!fresh.ok) return withoutToken(fresh.error)
    const second = await sendWith(line, request, fresh.value)
    if (second.kind === 'failed') return second
    if (second.reply.status !== 401 && second.reply.status !== 456) return second
    const error = nameRefusal(second.reply, origin, Date.now())
    guard.refuse(second.reply.status === 401 ? unauthorized(origin, 'token-refused') : error)
    return failure(guard.refusal ?? error, second.reply.status)
  }
}

/** Asks, with an empty Bearer, who issues the server's tokens. The way there was judged before (protocol.md 2.7). */
async function askRealm(line: Line, request: HttpRequest): Promise<BearerRealm | null> {
  const path = request.path.split('?')[0] ?? '/'
  const outcome = await line.send({
    ...request,
    method: 'POST',
    path,
    headers: { authorization: 'Bearer' },
    body: null,
  })
  return outcome.kind === 'reply' ? readRealm(outcome.reply) : null
}

function unauthorized(origin: URL, hint: Extract<AppError, { code: 'unauthorized' }>['hint']): AppError {
  return { code: 'unauthorized', endpoint: origin.origin, hint, scheme: 'bearer' }
}

function failure(error: AppError, status: number | null): Extract<HttpOutcome, { kind: 'failed' }> {
  return { kind: 'failed', error, status, bodyBytes: 0 }
}

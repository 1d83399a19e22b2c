import type tls from 'node:tls'
import type { AppError } from '../../../../shared/errors.ts'
import type { Credentials } from '../../../core/connections/ports.ts'
import type { Line } from '../create-line.ts'
import type { HttpOutcome, HttpRequest } from '../reply.ts'
import type { SignInGuard } from '../sign-in-guard.ts'
import { sendWithTicket } from './send-with-ticket.ts'

export interface TicketSenderOptions {
  readonly origin: URL
  readonly credentials: Credentials
  readonly guard: SignInGuard
}

/**
 * Negotiate: a ticket for each socket, or for each request where the server wants that (both are found; IIS can be set either
 * way). Until one was accepted, requests go one by one.
 */
export function createTicketSender({ origin, credentials, guard }: TicketSenderOptions) {
  const signedIn = new WeakMap<Line, tls.TLSSocket>()
  let isAccepted = false
  let isForEachRequest = false

  async function sendNow(line: Line, request: HttpRequest): Promise<HttpOutcome> {
    const { tickets } = credentials
    if (guard.refusal !== null) return failure(guard.refusal)
    if (tickets === undefined) return failure(unauthorized(origin, 'no-ticket'))
    const outcome = await sendWithTicket(line, request, origin, tickets, credentials)
    switch (outcome.kind) {
      case 'failed':
        return outcome
      case 'not-agreed':
        return failure(unauthorized(origin, 'host-not-agreed'))
      case 'no-ticket':
        return failure(unauthorized(origin, 'no-ticket'))
      case 'refused':
        return refuse(unauthorized(origin, isAccepted ? 'no-longer-accepted' : 'ticket-refused'))
      case 'not-proven':
        return notProven(origin, outcome.reply.status)
      case 'not-looked-at':
        return { kind: 'reply', reply: outcome.reply }
      case 'signed-in':
        isAccepted = true
        if (line.socket !== null) signedIn.set(line, line.socket)
        return { kind: 'reply', reply: outcome.reply }
    }
  }

  function refuse(error: AppError): HttpOutcome {
    guard.refuse(error)
    return failure(guard.refusal ?? error, 401)
  }

  return async (line: Line, request: HttpRequest): Promise<HttpOutcome> => {
    if (!isForEachRequest && line.socket !== null && signedIn.get(line) === line.socket) {
      const outcome = await line.send(request)
      if (outcome.kind === 'failed' || outcome.reply.status !== 401) return outcome
      isForEachRequest = true
    }
    if (isAccepted) return sendNow(line, request)
    const first = await guard.alone(async () => (isAccepted ? null : sendNow(line, request)))
    return first ?? sendNow(line, request)
  }
}

function unauthorized(origin: URL, hint: Extract<AppError, { code: 'unauthorized' }>['hint']): AppError {
  return { code: 'unauthorized', endpoint: origin.origin, hint, scheme: 'negotiate' }
}

/** What such a server answered is not believed, and not shown. */
function notProven(origin: URL, status: number): Extract<HttpOutcome, { kind: 'failed' }> {
  const detail = 'the server did not prove who it is (Kerberos mutual authentication)'
  return failure({ code: 'unexpected-answer', endpoint: origin.origin, status, detail }, status)
}

function failure(error: AppError, status: number | null = null): Extract<HttpOutcome, { kind: 'failed' }> {
  return { kind: 'failed', error, status, bodyBytes: 0 }
}

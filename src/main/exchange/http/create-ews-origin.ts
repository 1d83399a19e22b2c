import { randomUUID } from 'node:crypto'
import type { Log } from '../../core/ports.ts'
import { createAffinityCookies } from './create-affinity-cookies.ts'
import type { SignedInOrigin, SignedInOutcome } from './create-signed-in-origin.ts'
import { type HttpReply, type HttpRequest, headerOf } from './reply.ts'
import { requestIdHeaders } from './request-id.ts'

/** Told to every server: policies may allow or refuse EWS by it (protocol.md 6.1). */
const USER_AGENT = 'Rollcall'

/** What came of a request, and the id under which the server's logs know it. */
export interface TracedOutcome {
  readonly outcome: SignedInOutcome
  readonly requestId: string
}

/** One origin that Exchange Web Services are asked at. Never rejects. */
export interface EwsOrigin {
  send(request: HttpRequest): Promise<TracedOutcome>
  readonly scheme: SignedInOrigin['scheme']
  close(): Promise<void>
}

/**
 * Adds to every request what lets a server find it again (`client-request-id`) and keep it on one back end
 * (`X-AnchorMailbox`, cookies), and logs how it was answered. The log is told no address.
 * @param mailbox the mailbox that signed in; null: not known
 * @see protocol.md 1.1, 5
 */
export function createEwsOrigin(origin: SignedInOrigin, mailbox: string | null, log: Log): EwsOrigin {
  const cookies = createAffinityCookies()
  return {
    get scheme() {
      return origin.scheme
    },
    async send(request) {
      const requestId = randomUUID()
      const cookie = cookies.header()
      const headers = {
        'user-agent': USER_AGENT,
        ...requestIdHeaders(requestId),
        ...(mailbox === null ? {} : { 'x-anchormailbox': mailbox }),
        ...(cookie === null ? {} : { cookie }),
        ...request.headers,
      }
      const outcome = await origin.send({ ...request, headers })
      if (outcome.kind !== 'failed') {
        cookies.learn(outcome.reply)
        log.debug('answered', { requestId, ...traceOf(outcome.reply) })
      }
      return { outcome, requestId }
    },
    close: () => origin.close(),
  }
}

/** Headers that help an administrator; never used to decide anything (protocol.md 5). */
const TRACE_HEADERS = ['request-id', 'x-feserver', 'x-beserver', 'x-calculatedbetarget', 'x-diaginfo', 'x-caserrorcode']

function traceOf(reply: HttpReply): Record<string, unknown> {
  const told = TRACE_HEADERS.map((name) => [name, headerOf(reply, name)?.slice(0, 200)] as const)
  return { status: reply.status, ...Object.fromEntries(told.filter(([, value]) => value !== undefined)) }
}

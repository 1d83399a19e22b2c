import type { Credentials, TicketSource } from '../../../core/connections/ports.ts'
import type { Line } from '../create-line.ts'
import { readChallenges } from '../read-challenges.ts'
import type { HttpOutcome, HttpReply, HttpRequest } from '../reply.ts'

/** How a request that carried a Kerberos ticket ended. */
export type TicketOutcome =
  /** Answered, and the server has proven who it is. */
  | { readonly kind: 'signed-in'; readonly reply: HttpReply }
  /** Something before the server answered: a balancer, a server that is too busy to look at the ticket. */
  | { readonly kind: 'not-looked-at'; readonly reply: HttpReply }
  /** The ticket was answered with 401. No password was tried, so no logon has failed. */
  | { readonly kind: 'refused' }
  /** The server let the request pass but cannot prove that it is the one the ticket was for. */
  | { readonly kind: 'not-proven'; readonly reply: HttpReply }
  | { readonly kind: 'no-ticket' | 'not-agreed' }
  | Extract<HttpOutcome, { kind: 'failed' }>

/**
 * Sends a request with a ticket, in one go: Kerberos needs no question first. The answer must carry the server's own token.
 * @see RFC 4559 4; RFC 4178
 */
export async function sendWithTicket(
  line: Line,
  request: HttpRequest,
  origin: URL,
  tickets: TicketSource,
  credentials: Credentials,
): Promise<TicketOutcome> {
  const ticket = await tickets.begin(origin.hostname, credentials)
  if (ticket.kind !== 'ticket') return ticket
  const headers = { ...request.headers, authorization: `Negotiate ${ticket.token}` }
  const outcome = await line.send({ ...request, headers })
  if (outcome.kind === 'failed') return outcome
  const { reply } = outcome
  if (reply.status === 401) return { kind: 'refused' }
  const serverToken = readChallenges(reply).find((offer) => offer.scheme === 'negotiate')?.token ?? ''
  if (serverToken !== '') {
    return (await ticket.isProvenBy(serverToken)) ? { kind: 'signed-in', reply } : { kind: 'not-proven', reply }
  }
  return reply.status >= 500 || reply.status === 429 ? { kind: 'not-looked-at', reply } : { kind: 'not-proven', reply }
}

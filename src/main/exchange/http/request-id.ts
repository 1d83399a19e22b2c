import { randomUUID } from 'node:crypto'
import type { HttpRequest } from './reply.ts'

/** The header under which a server's logs know a question. */
const REQUEST_ID = 'client-request-id'

/** Headers that name a question, under an id of its own, and ask the server to say it back. @see protocol.md 1.1 */
export function requestIdHeaders(requestId: string): Readonly<Record<string, string>> {
  return { [REQUEST_ID]: requestId, 'return-client-request-id': 'true' }
}

/** The request as it is sent: one that names no id gets one. */
export function traced(request: HttpRequest): { readonly sent: HttpRequest; readonly requestId: string } {
  const known = request.headers[REQUEST_ID]
  if (known !== undefined) return { sent: request, requestId: known }
  const requestId = randomUUID()
  return { sent: { ...request, headers: { ...requestIdHeaders(requestId), ...request.headers } }, requestId }
}

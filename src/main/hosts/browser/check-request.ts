import type { IncomingMessage } from 'node:http'
import type { Admission } from './admission.ts'

/** Why a request is refused, as its HTTP status. */
export type Refusal = 401 | 403 | 421

/** The name of the session's cookie. Cookies are kept by host, not by port, so two Rollcalls need two names. */
export function cookieName(port: number): string {
  return `rollcall_session_${port}`
}

/**
 * Whether the request was really sent to this host: a foreign name that was made to point here (DNS rebinding) shows in the
 * Host header.
 */
export function isOurHost(request: IncomingMessage, port: number): boolean {
  const { host } = request.headers
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

/** Whether the request comes from our own page: the Origin header is there and names the host that was asked. */
export function isOurOrigin(request: IncomingMessage): boolean {
  return request.headers.origin === `http://${request.headers.host}`
}

/**
 * Checks a request for something that only an admitted page may have. `null`: it may.
 * @param options.hasOrigin whether browsers always send an Origin with this kind of request (POST, WebSocket)
 */
export function checkAdmitted(
  request: IncomingMessage,
  port: number,
  admission: Pick<Admission, 'hasSession'>,
  options: { hasOrigin: boolean },
): Refusal | null {
  if (!isOurHost(request, port)) return 421
  if (options.hasOrigin ? !isOurOrigin(request) : isForeign(request)) return 403
  const sessionId = readCookie(request.headers.cookie ?? '', cookieName(port))
  return sessionId !== null && admission.hasSession(sessionId) ? null : 401
}

/** A GET of a picture has no Origin; a foreign page on another local port shows in the fetch metadata. */
function isForeign(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  if (request.headers.origin !== undefined && !isOurOrigin(request)) return true
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

function readCookie(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value !== undefined) return value
  }
  return null
}

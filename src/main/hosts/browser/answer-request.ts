import type { IncomingMessage, ServerResponse } from 'node:http'
import type { EngineHandle } from '../../engine/host-ports.ts'
import { answerPhoto } from '../page/answer-photo.ts'
import { type PageFiles, SAFE_HEADERS } from '../page/page-files.ts'
import type { Admission } from './admission.ts'
import { checkAdmitted, cookieName, isOurHost, isOurOrigin } from './check-request.ts'
import { readKey } from './read-key.ts'

/** What the browser mode's routes need. */
export interface BrowserHostParts {
  readonly engine: EngineHandle
  readonly files: PageFiles
  readonly admission: Admission
  /** The port that is listened on. */
  port(): number
}

/** A header that no answer of ours may be kept by. */
const NO_STORE = { 'Cache-Control': 'no-store' } as const

/** Answers every request but the WebSocket's. Only `POST /session` changes anything, and that only here in the host. */
export async function answerRequest(
  parts: BrowserHostParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isOurHost(request, parts.port())) return answerEmpty(response, 421)
  const url = readUrl(request)
  if (url === null) return answerEmpty(response, 400)
  if (url.pathname === '/session') return answerSession(parts, request, response)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return answerEmpty(response, 405, { Allow: 'GET, HEAD' })
  }
  if (url.pathname === '/photo') return answerPhotoRequest(parts, request, response, url)
  if (url.pathname === '/rpc') return answerEmpty(response, 426, { Upgrade: 'websocket' })
  return answerPage(parts, request, response, url.pathname)
}

/** The path as it was sent, in the shape of a URL; null where it is none. */
function readUrl(request: IncomingMessage): URL | null {
  const { url = '' } = request
  // A path alone: "//elsewhere/" and "http://elsewhere/" would be read as another host.
  if (!url.startsWith('/') || url.startsWith('//')) return null
  return URL.canParse(url, 'http://127.0.0.1') ? new URL(url, 'http://127.0.0.1') : null
}

async function answerSession(
  parts: BrowserHostParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') return answerEmpty(response, 405, { Allow: 'POST' })
  if (!isOurOrigin(request)) return answerEmpty(response, 403)
  const key = await readKey(request)
  if (key === null) return answerEmpty(response, 400, { Connection: 'close' })
  const answer = parts.admission.exchangeKey(key)
  if (answer.kind === 'too-many-tries') return answerEmpty(response, 429, { 'Retry-After': '60' })
  if (answer.kind === 'refused') return answerEmpty(response, 401)
  const cookie = `${cookieName(parts.port())}=${answer.sessionId}; Path=/; HttpOnly; SameSite=Strict`
  return answerEmpty(response, 204, { 'Set-Cookie': cookie })
}

async function answerPhotoRequest(
  parts: BrowserHostParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const refusal = checkAdmitted(request, parts.port(), parts.admission, { hasOrigin: false })
  if (refusal !== null) return answerEmpty(response, refusal)
  const left = new AbortController()
  response.once('close', () => left.abort())
  const reply = await answerPhoto(parts.engine, url.searchParams, left.signal)
  send(request, response, reply.status, reply.headers, reply.body)
}

function answerPage(parts: BrowserHostParts, request: IncomingMessage, response: ServerResponse, path: string): void {
  const connections = [`ws://${request.headers.host}`]
  const answer = parts.files.read(path, { images: [], connections })
  if (answer === null) answerEmpty(response, 404)
  else send(request, response, 200, answer.headers, answer.body)
}

function answerEmpty(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { ...SAFE_HEADERS, ...NO_STORE, ...headers }).end()
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array | null,
): void {
  response.writeHead(status, { ...headers, 'Content-Length': String(body?.byteLength ?? 0) })
  response.end(request.method === 'HEAD' ? undefined : (body ?? undefined))
}

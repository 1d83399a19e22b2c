import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { ScriptedAnswers } from '../autodiscover/scripted-answers.ts'
import type { DemoMoved, DemoRequest, DemoScheme } from '../demo-types.ts'
import { soapFault } from '../ews/envelope.ts'
import type { DemoCertificates } from '../sign-in/create-certificates.ts'
import type { ConnectionState, Doorkeeper } from '../sign-in/create-doorkeeper.ts'
import { type Answer, emptyAnswer, type Question, type Route, type Router, type Subject } from './answers.ts'
import type { Faults } from './create-faults.ts'
import type { RequestLog } from './request-log.ts'
import { sendSpoilt } from './send-spoilt.ts'

/** The parts that a server is put together from. */
export interface DemoServerParts {
  readonly certificates: DemoCertificates
  readonly doorkeeper: Doorkeeper
  readonly faults: Faults
  readonly scripted: ScriptedAnswers
  readonly log: RequestLog
  /** Answers what is served here; null: nothing is served at this address. */
  readonly route: Router
  readonly nowMs: () => number
}

/** A listening server. */
export interface DemoServer {
  readonly port: number
  connections(): number
  /** Serves under other certificates from the next connection on, and ends those there are; null: fails every handshake. */
  serveUnder(certificates: DemoCertificates | null): void
  close(): Promise<void>
}

/** A request's body is never longer, bytes. */
const BODY_LIMIT_BYTES = 1_000_000
/** Connections without a request are closed after this time, as IIS does. */
const IDLE_MS = 120_000

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length
    if (bytes > BODY_LIMIT_BYTES) return null
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function toQuestion(request: IncomingMessage, body: string): Question | null {
  const url = request.url ?? '/'
  if (!URL.canParse(url, 'https://demo')) return null
  return {
    method: request.method ?? 'GET',
    url: new URL(url, 'https://demo'),
    contentType: request.headers['content-type'] ?? '',
    ifNoneMatch: request.headers['if-none-match'] ?? null,
    body,
  }
}

function send(response: ServerResponse, answer: Answer, challenges: readonly string[]): void {
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value)
  if (challenges.length > 0) response.setHeader('www-authenticate', challenges)
  response.setHeader('request-id', randomUUID())
  response.setHeader('x-feserver', 'MAIL01')
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body
  // A 304 has no body, and its length would be that of the picture.
  if (answer.status !== 304) response.setHeader('content-length', body.length)
  response.writeHead(answer.status)
  response.end(body)
}

/** What a request has come to: an answer, or null for a reset connection. */
interface Outcome {
  readonly answer: Answer | null
  /** What a request that met a fault was about. */
  readonly about: Subject | null
  readonly scheme: DemoScheme | 'none'
  readonly challenges: readonly string[]
}

/** Signs in, meets the faults, answers. */
async function settle(
  parts: DemoServerParts,
  question: Question,
  request: IncomingMessage,
  connection: ConnectionState,
): Promise<Outcome> {
  const host = hostOf(request)
  const scripted = parts.scripted.find(question, host)
  if (scripted?.isBeforeSignIn === true) {
    return { about: null, answer: scripted.give(), scheme: 'none', challenges: [] }
  }
  const route = scripted === null ? parts.route(question, host) : routeOf(scripted)
  if (route === null) return { about: null, answer: emptyAnswer('Unknown', 404), scheme: 'none', challenges: [] }
  if (parts.faults.isRefusingSignIns) connection.ntlmAccount = null
  const admission = await parts.doorkeeper.admit(request.headers.authorization ?? null, connection)
  if (admission.kind === 'challenged') {
    const { scheme, challenges } = admission
    return { about: null, answer: emptyAnswer('SignIn', 401, SERVICES), scheme, challenges }
  }
  const { scheme, account } = admission
  const isEws = question.url.pathname.toLowerCase().startsWith('/ews/')
  const moved = isEws ? parts.faults.movedFrom(host) : null
  if (moved !== null)
    return { about: null, answer: answerMoved(moved, question, route.describe()), scheme, challenges: [] }
  const fault = isEws ? parts.faults.take() : null
  if (fault === null) {
    return { about: null, answer: await route.respond(account?.address ?? null), scheme, challenges: [] }
  }
  const about = route.describe()
  if (fault.kind === 'reset') return { about, answer: null, scheme, challenges: [] }
  const { status, retryAfterSeconds } = fault.answer
  const headers: Record<string, string> = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }
  return { about, answer: { ...emptyAnswer(about.operation, status, headers), ...about }, scheme, challenges: [] }
}

/** As a server answers for a mailbox that it no longer has. */
function answerMoved(moved: DemoMoved, { url }: Question, about: Subject): Answer {
  switch (moved.kind) {
    case 'redirect':
      return {
        ...emptyAnswer(about.operation, 302, { location: `https://${moved.toHost}${url.pathname}${url.search}` }),
        ...about,
      }
    case 'gone':
      return { ...emptyAnswer(about.operation, moved.status), ...about }
    case 'moving':
      return soapFault(about.operation, 'ErrorMailboxMoveInProgress', 'The mailbox is being moved.')
  }
}

function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').toLowerCase().split(':')[0] ?? ''
}

function routeOf(scripted: NonNullable<ReturnType<ScriptedAnswers['find']>>): Route {
  return { describe: () => ({ operation: 'Autodiscover' }), respond: scripted.give }
}

/** Told with every challenge: which services there are. */
const SERVICES = { 'x-soap-enabled': 'True', 'x-wssecurity-enabled': 'False' }

function createHandler(parts: DemoServerParts, connectionOf: (socket: Socket) => ConnectionState) {
  const startMs = parts.nowMs()
  const { log, faults } = parts
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const atMs = parts.nowMs() - startMs
    const connection = connectionOf(request.socket)
    const body = await readBody(request)
    const question = body === null ? null : toQuestion(request, body)
    const outcome: Outcome =
      question === null
        ? { about: null, answer: emptyAnswer('Unknown', body === null ? 413 : 400), scheme: 'none', challenges: [] }
        : await settle(parts, question, request, connection)
    if (faults.latencyMs > 0) await wait(faults.latencyMs)
    const { answer, scheme, challenges } = outcome
    const about = answer ?? outcome.about
    log.add({
      operation: about?.operation ?? 'Unknown',
      method: request.method ?? '',
      host: hostOf(request),
      hasCredentials: request.headers.authorization !== undefined,
      path: question?.url.pathname ?? '',
      status: answer?.status ?? null,
      ...(about?.address !== undefined && { address: about.address }),
      ...(about?.sizeCode !== undefined && { sizeCode: about.sizeCode }),
      ...(question?.ifNoneMatch && { ifNoneMatch: question.ifNoneMatch }),
      ...tracesOf(request.headers),
      scheme,
      connectionId: connection.id,
      atMs,
    })
    if (answer === null) request.socket.destroy()
    else {
      if (challenges.length === 0) setTraces(request.headers, response)
      const spoil = answer.operation === 'GetUserPhoto' ? faults.takeSpoil() : null
      if (spoil === null) send(response, answer, challenges)
      else await sendSpoilt(response, answer, spoil)
    }
  }
  return (request: IncomingMessage, response: ServerResponse): void => {
    // A client that goes away in the middle of its request, or a bug: either way this connection is over.
    handle(request, response).catch(() => request.socket.destroy())
  }
}

/** Gives a new session its affinity cookie, and a request its id back. */
function setTraces(headers: IncomingMessage['headers'], response: ServerResponse): void {
  if (!headers.cookie?.includes('exchangecookie=')) {
    response.setHeader('set-cookie', `exchangecookie=${randomUUID().replaceAll('-', '')}; path=/; secure; HttpOnly`)
  }
  const id = headers['client-request-id']
  if (typeof id === 'string' && headers['return-client-request-id'] === 'true') {
    response.setHeader('client-request-id', id)
  }
}

/** What ties a session's requests together. */
function tracesOf(headers: IncomingMessage['headers']): Partial<DemoRequest> {
  const id = headers['client-request-id']
  const anchor = headers['x-anchormailbox']
  return {
    ...(typeof id === 'string' && { clientRequestId: id }),
    ...(typeof anchor === 'string' && { anchorMailbox: anchor }),
    ...(headers.cookie !== undefined && { cookie: headers.cookie }),
  }
}

/** Starts listening on 127.0.0.1. Rejects when the port is taken. */
export async function listen(parts: DemoServerParts, port: number): Promise<DemoServer> {
  const { certificatePem, keyPem } = parts.certificates
  const states = new WeakMap<Socket, ConnectionState>()
  let accepted = 0
  const connectionOf = (socket: Socket): ConnectionState => {
    const known = states.get(socket)
    if (known !== undefined) return known
    accepted += 1
    const state: ConnectionState = { id: accepted, ntlmAccount: null, handshake: null }
    states.set(socket, state)
    return state
  }
  const server = createServer({
    cert: certificatePem,
    key: keyPem,
    ALPNProtocols: ['http/1.1'],
    keepAliveTimeout: IDLE_MS,
  })
  server.on('secureConnection', (socket) => {
    connectionOf(socket)
  })
  server.on('request', createHandler(parts, connectionOf))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => accepted,
    serveUnder(certificates) {
      // A cipher that no client offers: the handshake ends in an alert.
      const alert = { cert: certificatePem, key: keyPem, ciphers: 'PSK-AES128-CBC-SHA', maxVersion: 'TLSv1.2' } as const
      server.setSecureContext(
        certificates === null ? alert : { cert: certificates.certificatePem, key: certificates.keyPem },
      )
      server.closeAllConnections()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

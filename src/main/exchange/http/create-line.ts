import type { Socket } from 'node:net'
import tls from 'node:tls'
import { Client } from 'undici'
import type { AppError } from '../../../shared/errors.ts'
import { createConnect, type SocketOptions } from './create-connect.ts'
import { createEchoFilter } from './create-echo-filter.ts'
import { BodyTooLong, nameNetworkError } from './name-network-error.ts'
import type { HttpOutcome, HttpRequest } from './reply.ts'
import { traced } from './request-id.ts'
import { readEvidence } from './wire-evidence.ts'

/** How long an idle socket is kept when the server does not say (ms). */
const KEEP_ALIVE_MS = 60_000

/** One socket to one origin, opened again when it closes. One request at a time. */
export interface Line {
  /** The socket that is open now; a new one needs a new NTLM handshake. */
  readonly socket: tls.TLSSocket | null
  /**
   * Sends with a `client-request-id`, else as it is: no redirect is followed, nothing is retried. What the answer's headers
   * send back of the sign-in is taken out. Never rejects.
   */
  send(request: HttpRequest): Promise<HttpOutcome>
  close(): Promise<void>
}

/**
 * @param origin `https:`, or `http:` for the one unauthenticated Autodiscover question
 * @param timeoutMs how long the server may be silent
 */
export function createLine(origin: URL, options: SocketOptions, timeoutMs: number): Line {
  const echoes = createEchoFilter()
  let socket: Socket | null = null
  /** What TLS said of the socket that was opened last, as a server does that misses a client certificate. */
  let tlsFault: Error | null = null
  const client = new Client(origin.origin, {
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: createConnect(origin, options, (opened) => {
      socket = opened
      tlsFault = null
      // The library tells of what comes after it, which is only that the socket was closed.
      opened.once('error', (error) => {
        if ('code' in error && String(error.code).startsWith('ERR_SSL_')) tlsFault = error
      })
    }),
  })
  /** The socket that the last answer came on: it may be closed by the time the answer is whole. */
  let openedFor: Socket | null = null
  client.on('disconnect', () => {
    socket = null
  })
  return {
    get socket() {
      return socket instanceof tls.TLSSocket ? socket : null
    },
    async send(request) {
      const { sent, requestId } = traced(request)
      echoes.note(sent)
      const outcome = await dispatch(client, sent, {
        onHeaders() {
          openedFor = socket
        },
        nameError: (thrown) =>
          nameNetworkError(tlsFault ?? thrown, origin.origin, request.signal, options.clientCertificate !== undefined),
      })
      if (outcome.kind !== 'reply') return outcome
      const reply = echoes.clean(outcome.reply)
      options.observe?.(() => readEvidence(openedFor, reply, requestId))
      return reply === outcome.reply ? outcome : { kind: 'reply', reply }
    },
    close: () => client.destroy(),
  }
}

/** The bare dispatch of the library: no stream object, one copy of the body. */
function dispatch(
  client: Client,
  request: HttpRequest,
  { onHeaders, nameError }: { onHeaders(): void; nameError(thrown: unknown): AppError },
): Promise<HttpOutcome> {
  const { signal, maxBytes } = request
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let bodyBytes = 0
    let status: number | null = null
    let headers: Record<string, string | string[] | undefined> = {}
    let abort: ((reason: Error) => void) | null = null
    let isOver = false
    // A request that waits for its socket has no controller yet: its caller is answered at once, the socket comes about.
    const onAbort = () => (abort === null ? failWith(null) : abort(new Error('cancelled')))
    const end = (outcome: HttpOutcome) => {
      if (isOver) return
      isOver = true
      signal.removeEventListener('abort', onAbort)
      resolve(outcome)
    }
    const failWith = (thrown: unknown) => {
      const contentType = [headers['content-type']].flat()[0] ?? null
      const error = nameError(thrown)
      const told = error.code === 'unexpected-answer' ? { ...error, status } : error
      end({ kind: 'failed', error: told, status, bodyBytes, contentType })
    }
    if (signal.aborted) return failWith(null)
    signal.addEventListener('abort', onAbort)
    client.dispatch(
      { path: request.path, method: request.method, headers: request.headers, body: request.body },
      {
        onRequestStart(controller) {
          abort = (reason) => controller.abort(reason)
          if (signal.aborted) onAbort()
        },
        onResponseStart(controller, statusCode, responseHeaders) {
          onHeaders()
          status = statusCode
          headers = responseHeaders
          if (Number(responseHeaders['content-length'] ?? 0) > maxBytes) controller.abort(new BodyTooLong())
        },
        onResponseData(controller, chunk) {
          bodyBytes += chunk.length
          request.onReceived?.(chunk.length)
          if (bodyBytes > maxBytes) controller.abort(new BodyTooLong())
          else chunks.push(chunk)
        },
        onResponseEnd() {
          const body = chunks.length === 1 && chunks[0] !== undefined ? Buffer.from(chunks[0]) : Buffer.concat(chunks)
          end({ kind: 'reply', reply: { status: status ?? 0, headers, body } })
        },
        onResponseError(_controller, error) {
          failWith(error)
        },
      },
    )
  })
}

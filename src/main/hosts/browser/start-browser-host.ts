import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { EngineHandle } from '../../engine/host-ports.ts'
import { openPageFiles } from '../page/page-files.ts'
import { createAdmission } from './admission.ts'
import { answerRequest, type BrowserHostParts } from './answer-request.ts'
import { checkAdmitted, isOurHost } from './check-request.ts'
import { websocketPort } from './websocket-port.ts'

/** The loopback address, and no other: not `localhost`, which may mean more than this. */
const LOOPBACK = '127.0.0.1'
/** A message from the page longer than this ends its connection: a list of 100,000 addresses has about 4 MB. */
const MAX_MESSAGE_BYTES = 64_000_000

/** How the browser mode is started. The engine stays the caller's: `close` does not close it. */
export interface BrowserHostOptions {
  readonly engine: EngineHandle
  /** Folder of the built page. */
  readonly pageDir: string
  /** 0: any that is free. */
  readonly port: number
}

/** The browser mode, running. */
export interface BrowserHost {
  /** The address to open, with its one-time key in the fragment, which no request carries. */
  readonly url: string
  readonly port: number
  /** Another address with a fresh key, when the page was opened elsewhere or the key is used up. The former key is void. */
  createUrl(): string
  /** Ends every connection. */
  close(): Promise<void>
}

/**
 * Serves the built page, its photos and the contract on 127.0.0.1, to whoever was given the address.
 * @throws when the page was not built, and with EADDRINUSE when the port is taken
 */
export async function startBrowserHost({ engine, pageDir, port }: BrowserHostOptions): Promise<BrowserHost> {
  const files = await openPageFiles(pageDir)
  const admission = createAdmission({ nowMs: Date.now })
  const server = createServer({ requestTimeout: 30_000 })
  const parts: BrowserHostParts = { engine, files, admission, port: () => (server.address() as AddressInfo).port }
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })

  server.on('request', (request, response) => {
    // What goes wrong in here is a bug: the connection ends, nothing of it is told to the page.
    answerRequest(parts, request, response).catch(() => response.destroy())
  })
  server.on('upgrade', (request, socket, head) => {
    const refusal = checkUpgrade(parts, request)
    if (refusal !== null) return refuseUpgrade(socket, refusal)
    sockets.handleUpgrade(request, socket, head, (websocket) => {
      // A broken connection is its end; the page connects again.
      websocket.on('error', () => websocket.terminate())
      engine.connectPort(websocketPort(websocket))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, LOOPBACK, resolve)
  })

  const createUrl = (): string => `http://${LOOPBACK}:${parts.port()}/#key=${admission.createKey()}`
  return {
    url: createUrl(),
    port: parts.port(),
    createUrl,
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}

function checkUpgrade(parts: BrowserHostParts, request: IncomingMessage): number | null {
  if (!isOurHost(request, parts.port())) return 421
  if (request.url !== '/rpc') return 404
  return checkAdmitted(request, parts.port(), parts.admission, { hasOrigin: true })
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as WebSocketLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { EngineHandle, EngineOptions, HostCapabilities } from '../../src/main/engine/host-ports.ts'
import { startEngine } from '../../src/main/engine/start-engine.ts'
import { startEngineWorker } from '../../src/main/engine/start-engine-worker.ts'
import { startBrowserHost } from '../../src/main/hosts/browser/start-browser-host.ts'
import { linkPlugins } from '../../src/renderer/api/engine-client.ts'
import type { EngineClient } from '../../src/shared/contract/index.ts'
import { ipcMain } from './electron-stand-in/ipc.ts'
import type { MessagePortMain } from './electron-stand-in/ports.ts'

const WORKER = new URL('../../src/main/engine/engine-worker.ts', import.meta.url)
const PAGE_URL = 'app://rollcall/'

/** A client at the far end of a transport, and the engine behind it. */
export interface OpenTransport {
  readonly client: EngineClient
  readonly engine: EngineHandle
  /** Ends the transport, then the engine. */
  close(): Promise<void>
}

/** One way from whoever asks to an engine. */
export interface Transport {
  readonly name: string
  open(options: EngineOptions, host: HostCapabilities): Promise<OpenTransport>
}

/** Every transport that carries the contract. Where the page is at the far end, answers are checked there as the page does. */
export const TRANSPORTS: readonly Transport[] = [
  { name: 'a direct call', open: openDirect },
  { name: 'a port in this thread', open: openPort },
  { name: 'the port of a worker thread', open: openWorker },
  { name: 'the WebSocket of the browser mode', open: openWebSocket },
  { name: 'the port that the desktop hands to its window', open: openDesktopPort },
]

async function openDirect(options: EngineOptions, host: HostCapabilities): Promise<OpenTransport> {
  const engine = await startEngine(options, host)
  return { client: engine.client, engine, close: () => engine.close() }
}

async function openPort(options: EngineOptions, host: HostCapabilities): Promise<OpenTransport> {
  const engine = await startEngine(options, host)
  const { port1, port2 } = new MessageChannel()
  engine.connectPort(port2)
  return { ...overPort(port1), engine, close: () => closePort(port1, engine) }
}

async function openWorker(options: EngineOptions, host: HostCapabilities): Promise<OpenTransport> {
  const engine = await startEngineWorker(WORKER, options, host)
  return { client: engine.client, engine, close: () => engine.close() }
}

/** The engine in a worker, the browser mode before it, and a socket that was admitted with the key of the address. */
async function openWebSocket(options: EngineOptions, host: HostCapabilities): Promise<OpenTransport> {
  const engine = await startEngineWorker(WORKER, options, host)
  const pageDir = mkdtempSync(join(tmpdir(), 'rollcall-page-'))
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html>')
  const served = await startBrowserHost({ engine, pageDir, port: 0 })
  const { origin, hash } = new URL(served.url)
  const session = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify({ key: hash.slice('#key='.length) }),
  })
  const cookie = session.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const websocket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { Cookie: cookie }, origin })
  await new Promise((resolve, reject) => websocket.once('open', resolve).once('error', reject))
  return {
    client: createORPCClient<EngineClient>(
      new WebSocketLink({ websocket: asWebSocket(websocket), plugins: linkPlugins() }),
    ),
    engine,
    async close() {
      websocket.terminate()
      await served.close()
      await engine.close()
      rmSync(pageDir, { recursive: true, force: true })
    },
  }
}

/** What a window of the desktop does, over the stand-in for Electron: its page tells that it has loaded, and is handed a port. */
async function openDesktopPort(options: EngineOptions, host: HostCapabilities): Promise<OpenTransport> {
  const { handOverPorts } = await import('../../src/main/hosts/electron/hand-over-port.ts')
  const engine = await startEngineWorker(WORKER, options, host)
  const handed = Promise.withResolvers<MessagePort>()
  const mainFrame = {
    url: PAGE_URL,
    postMessage: (_channel: string, _message: unknown, [port]: MessagePortMain[]) =>
      port === undefined ? handed.reject(new Error('no port came')) : handed.resolve(port.carrier),
  }
  const webContents = { mainFrame }
  handOverPorts(Promise.resolve(engine), () => ({ webContents }) as never)
  ipcMain.emit('rollcall:page-loaded', { sender: webContents, senderFrame: mainFrame })
  const port = await handed.promise
  return {
    ...overPort(port),
    engine,
    async close() {
      ipcMain.removeAllListeners()
      await closePort(port, engine)
    },
  }
}

function overPort(port: MessagePort): { client: EngineClient } {
  const client = createORPCClient<EngineClient>(new PortLink({ port, plugins: linkPlugins() }))
  port.start()
  return { client }
}

async function closePort(port: MessagePort, engine: EngineHandle): Promise<void> {
  port.close()
  await engine.close()
}

/** The socket of the `ws` package has the web's interface, though not its types. */
function asWebSocket(socket: WebSocket): globalThis.WebSocket {
  return socket as unknown as globalThis.WebSocket
}

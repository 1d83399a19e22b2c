import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { EngineClient } from '../../../src/shared/contract/index.ts'
import type { MessagePortMain } from './ports.ts'
import { record } from './recorder.ts'
import { fetchByScheme } from './session.ts'

/** A page in a window, as far as the host can tell: its files are fetched, its preload runs, and it waits for a port. */
export interface Page {
  /** Speaks over the port that the page was handed; waits for it. */
  readonly client: Promise<EngineClient>
  readonly portsReceived: () => number
  /** Resolves when the port that the page was handed has been closed, by either side. */
  readonly portClosed: Promise<void>
  /** Brings what the main process posts to this page's preload. */
  deliver(channel: string, ports: MessagePortMain[]): void
  finishLoading(): void
  leave(): void
}

/** Loads a page and runs the preload with the little that a sandboxed one is given. */
export async function openPage(url: string, preload: string, send: (channel: string) => void): Promise<Page> {
  const client = Promise.withResolvers<EngineClient>()
  const received: MessagePort[] = []
  const portClosed = Promise.withResolvers<void>()
  const onMessage = (data: unknown, targetOrigin: string, ports: MessagePort[]): void => {
    record('window.postMessage', { data, targetOrigin, ports: ports.length })
    const [port] = ports
    if (port === undefined) return
    received.push(port)
    port.addEventListener('close', () => portClosed.resolve())
    port.start()
    client.resolve(createORPCClient(new RPCLink({ port })))
  }
  const { ipcRenderer, finishLoading } = runPreload(preload, url, send, onMessage)
  await fetchPage(url)
  return {
    client: client.promise,
    portsReceived: () => received.length,
    portClosed: portClosed.promise,
    deliver: (channel, ports) => ipcRenderer.emit(channel, { ports: ports.map(({ carrier }) => carrier) }),
    finishLoading,
    leave: () => {
      for (const port of received) port.close()
    },
  }
}

function runPreload(
  file: string,
  url: string,
  send: (channel: string) => void,
  onMessage: (data: unknown, targetOrigin: string, ports: MessagePort[]) => void,
) {
  const ipcRenderer = Object.assign(new EventEmitter(), { send })
  const contextBridge = {
    exposeInMainWorld: (name: string, value: unknown) => record('contextBridge.exposeInMainWorld', { name, value }),
  }
  const events = new EventEmitter()
  const window = { addEventListener: events.on.bind(events), postMessage: onMessage }
  const location = { origin: url.replace(/^([a-z]+:\/\/[^/]+)\/.*$/, '$1') }
  const require = (name: string): unknown => {
    if (name !== 'electron') throw new Error(`a sandboxed preload cannot require ${name}`)
    return { contextBridge, ipcRenderer }
  }
  new Function('require', 'window', 'location', readFileSync(file, 'utf8'))(require, window, location)
  return { ipcRenderer, finishLoading: () => void events.emit('load') }
}

/** Fetches the page and every file it names, as a browser would before it tells that it has loaded. */
async function fetchPage(url: string): Promise<void> {
  const html = await (await fetchByScheme(url)).text()
  for (const [, path = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const { status } = await fetchByScheme(new URL(path, url).href)
    record('page.fetch', { path, status })
  }
}

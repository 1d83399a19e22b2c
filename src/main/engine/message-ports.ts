import type { MessagePortLike } from './host-ports.ts'

/** What crosses a port between a page and the engine: oRPC's messages, made of text and bytes. */
type PortData = string | ArrayBuffer | Uint8Array

/** A port of the web's kind, as Node's workers have. */
interface WebPortLike {
  addEventListener(type: 'message' | 'close', listener: (event: unknown) => void): void
}

/** A port that speaks one way, whoever made it: Electron, Node, a WebSocket's wrapper. */
export interface PlainPort {
  postMessage(message: unknown): void
  on(event: string, listener: (event?: { data: unknown }) => void): void
}

/**
 * Evens out the two kinds of ports: Electron's `on('message')` brings an event with `data`, Node's brings the data itself, and
 * Node's port is a web port besides. Starts the port, after the caller has had the time to listen.
 */
export function toPlainPort(port: MessagePortLike): PlainPort {
  queueMicrotask(() => port.start?.())
  return {
    postMessage: (message) => port.postMessage(message),
    on(event, listener) {
      if (event !== 'message' && event !== 'close') return
      const hear = (heard?: unknown): void => listener({ data: dataOf(heard) })
      if (isWebPort(port)) port.addEventListener(event, hear)
      else port.on(event, hear)
    },
  }
}

/** Passes everything from one port to the other, and the end of one as the end of the other. */
export function joinPorts(first: MessagePortLike, second: MessagePortLike): void {
  relay(first, second)
  relay(second, first)
}

function relay(from: MessagePortLike, to: MessagePortLike): void {
  const plain = toPlainPort(from)
  plain.on('message', (event) => to.postMessage(event?.data))
  plain.on('close', () => to.close?.())
}

function isWebPort(port: object): port is WebPortLike {
  return 'addEventListener' in port
}

function dataOf(heard: unknown): unknown {
  if (isPortData(heard)) return heard
  return typeof heard === 'object' && heard !== null && 'data' in heard ? heard.data : heard
}

function isPortData(value: unknown): value is PortData {
  return typeof value === 'string' || value instanceof ArrayBuffer || ArrayBuffer.isView(value)
}

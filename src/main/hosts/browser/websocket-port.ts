import type { WebSocket } from 'ws'
import type { MessagePortLike } from '../../engine/host-ports.ts'

/** What the contract's messages are made of. */
type Message = string | Uint8Array | ArrayBuffer

/** Makes a socket look like a message port, so that the engine, in whatever thread, serves it as it serves a window. */
export function websocketPort(socket: WebSocket): MessagePortLike {
  return {
    postMessage(message) {
      if (socket.readyState === socket.OPEN) socket.send(message as Message)
    },
    on(event, listener) {
      if (event === 'close') socket.on('close', () => listener())
      else {
        socket.on('message', (data: Buffer, isBinary: boolean) =>
          listener({ data: isBinary ? new Uint8Array(data) : data.toString('utf8') }),
        )
      }
    },
    close: () => socket.close(),
  }
}

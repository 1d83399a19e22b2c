import type { Socket } from 'node:net'
import type { ByteChannel, DialOutcome, DialRequest, SecureDialler } from '../../core/ldap/ports.ts'
import { createConnect } from './create-connect.ts'
import { nameNetworkError } from './name-network-error.ts'
import { readEvidence } from './wire-evidence.ts'

/** Why a connection did not come about that the network did not stop; `code` is what errors give as their reason. */
class NotOpened extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** TLS for what is not https, by the rules of https. */
export function createSecureDialler(): SecureDialler {
  return { dial }
}

async function dial(request: DialRequest): Promise<DialOutcome> {
  const { endpoint, timeoutMs, signal } = request
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  try {
    const socket = await within(limit, open(request, limit))
    return { kind: 'open', channel: toChannel(socket).channel, evidence: readEvidence(socket, null) }
  } catch (thrown) {
    return { kind: 'failed', error: nameNetworkError(thrown, endpoint, signal) }
  }
}

function open({ host, port, network, beforeTls }: DialRequest, limit: AbortSignal): Promise<Socket> {
  const authority = host.includes(':') ? `[${host}]` : host
  const origin = new URL(`https://${authority}:${port}`)
  const { proxyFor: _, ...direct } = network
  const connect = createConnect(origin, direct, () => {}, {
    ...(beforeTls !== undefined && { beforeTls: (plain) => negotiate(plain, beforeTls, limit) }),
  })
  return new Promise((resolve, reject) => {
    connect({ hostname: host, host: authority, protocol: 'https:', port: String(port) }, (error, socket) => {
      if (error !== null) reject(error)
      else resolve(socket)
    })
  })
}

/** Lets the clear part be spoken; the socket is ready for the handshake after it. */
async function negotiate(
  plain: Socket,
  beforeTls: NonNullable<DialRequest['beforeTls']>,
  limit: AbortSignal,
): Promise<void> {
  const { channel, release } = toChannel(plain)
  const end = () => plain.destroy()
  limit.addEventListener('abort', end)
  const isWanted = await beforeTls(channel)
  limit.removeEventListener('abort', end)
  release()
  if (isWanted && !plain.destroyed) return
  plain.destroy()
  throw new NotOpened('STARTTLS_REFUSED')
}

/** Ends the waiting; a socket that comes too late is closed. */
function within(limit: AbortSignal, opening: Promise<Socket>): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const tooLate = () => reject(new NotOpened('ETIMEDOUT'))
    if (limit.aborted) tooLate()
    limit.addEventListener('abort', tooLate, { once: true })
    opening.then(
      (socket) => {
        limit.removeEventListener('abort', tooLate)
        if (limit.aborted) socket.destroy()
        resolve(socket)
      },
      (error) => {
        limit.removeEventListener('abort', tooLate)
        reject(error)
      },
    )
  })
}

/** @returns the channel, and a way to take its listeners off again */
function toChannel(socket: Socket): { readonly channel: ByteChannel; release(): void } {
  const undo: (() => void)[] = []
  // What went wrong shows as the connection's end.
  const onError = () => {}
  socket.on('error', onError)
  undo.push(() => socket.off('error', onError))
  return {
    channel: {
      write: (bytes) => {
        if (!socket.destroyed) socket.write(bytes)
      },
      onBytes(listener) {
        socket.on('data', listener)
        undo.push(() => socket.off('data', listener))
      },
      onClosed(listener) {
        if (socket.destroyed) queueMicrotask(listener)
        else {
          socket.once('close', listener)
          undo.push(() => socket.off('close', listener))
        }
      },
      close: () => socket.destroy(),
    },
    release() {
      for (const takeOff of undo) takeOff()
    },
  }
}

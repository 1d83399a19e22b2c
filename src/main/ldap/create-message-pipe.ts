import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { ByteChannel } from '../core/ldap/ports.ts'
import { isWellFormed, messageLength } from './is-well-formed.ts'

/** The longest message that is taken (bytes): a picture of Active Directory has 100 kB at most. */
const MAX_MESSAGE_BYTES = 1_000_000

/** The longest answer to one request (bytes), all its messages together. */
const MAX_ANSWER_BYTES = 64_000_000

/** Why a connection was ended from this side. */
export type PipeFault = 'too-long' | 'broken'

/**
 * What the LDAP library takes for its socket: hands it whole, well-formed messages one by one, and ends the connection at
 * anything else. The library by itself takes messages of any length and trusts the lengths inside.
 */
export interface MessagePipe {
  readonly socket: Socket
  /** Null: nothing was wrong with what came. */
  fault(): PipeFault | null
  /** Takes the channel away from the library. False: more had come than was asked for, or it is closed. */
  release(): boolean
}

/** Makes the pipe over an open channel. */
export function createMessagePipe(channel: ByteChannel): MessagePipe {
  let fault: PipeFault | null = null
  let isReleased = false
  let held: Uint8Array = new Uint8Array()
  let answerBytes = 0
  let requests = 0
  let messages = 0

  const duplex = new Duplex({
    readableObjectMode: true,
    read() {},
    write(bytes: Uint8Array, _, done) {
      answerBytes = 0
      requests += 1
      channel.write(bytes)
      done()
    },
    final(done) {
      channel.close()
      done()
    },
    destroy(error, done) {
      if (!isReleased) channel.close()
      done(error)
    },
  })

  const failWith = (what: PipeFault): void => {
    fault = what
    held = new Uint8Array()
    duplex.destroy()
  }

  channel.onBytes((bytes) => {
    if (isReleased || duplex.destroyed) return
    answerBytes += bytes.length
    if (answerBytes > MAX_ANSWER_BYTES) return failWith('too-long')
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes])
    for (let length = messageLength(held); length !== 'more'; length = messageLength(held)) {
      if (length === 'broken') return failWith('broken')
      if (length > MAX_MESSAGE_BYTES) return failWith('too-long')
      if (held.length < length) return
      const message = held.subarray(0, length)
      held = held.subarray(length)
      if (!isWellFormed(message)) return failWith('broken')
      messages += 1
      duplex.push(Buffer.from(message.buffer, message.byteOffset, message.length))
      if (duplex.destroyed) return
    }
  })
  channel.onClosed(() => {
    if (!isReleased) duplex.destroy()
  })

  return {
    socket: asSocket(duplex),
    fault: () => fault,
    release() {
      isReleased = true
      const isClean = held.length === 0 && messages <= requests && fault === null && !duplex.destroyed
      duplex.destroy()
      return isClean
    },
  }
}

/**
 * The library asks for a socket, and uses of it what every stream has and these two: it is open from the start. Nothing else
 * of a socket is there.
 */
function asSocket(duplex: Duplex): Socket {
  return Object.assign(duplex, { connecting: false, readyState: 'open' }) as unknown as Socket
}

import type { PhotoReply } from './host-ports.ts'

/** A reply whose body lies in memory of its own, which can be handed to another thread instead of copied. */
export function ownBody(reply: PhotoReply): { reply: PhotoReply; transfer: ArrayBuffer[] } {
  if (reply.body === null) return { reply, transfer: [] }
  const body = new Uint8Array(reply.body)
  return { reply: { ...reply, body }, transfer: [body.buffer] }
}

import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { TOO_LONG } from './name-network-error.ts'
import { type HttpReply, headerOf } from './reply.ts'

const DECODERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const

/** The same answer with its plain body, or why there is none. */
export type DecodedBody =
  | { readonly kind: 'plain'; readonly reply: HttpReply }
  | { readonly kind: 'unusable'; readonly detail: string }

/**
 * Undoes a Content-Encoding that nobody asked for (a proxy may add one). A body that unpacks to more than `maxBytes` is given
 * up while it is unpacked.
 */
export async function decodeBody(reply: HttpReply, maxBytes: number): Promise<DecodedBody> {
  const encoding = headerOf(reply, 'content-encoding')?.trim().toLowerCase() ?? ''
  if (encoding === '' || encoding === 'identity' || reply.body.length === 0) return { kind: 'plain', reply }
  if (!isKnown(encoding)) return { kind: 'unusable', detail: 'the body is packed in an unknown way' }
  try {
    const body = await DECODERS[encoding](reply.body, { maxOutputLength: maxBytes })
    return { kind: 'plain', reply: { ...reply, body, packedBytes: reply.body.length } }
  } catch (cause) {
    const isTooLong = cause instanceof RangeError && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    const detail = isTooLong ? TOO_LONG : 'the body cannot be unpacked'
    return { kind: 'unusable', detail }
  }
}

function isKnown(encoding: string): encoding is keyof typeof DECODERS {
  return Object.hasOwn(DECODERS, encoding)
}

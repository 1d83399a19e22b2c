import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { TOO_LONG } from './name-network-error.ts'
import { type HttpReply, headerOf } from './reply.ts'

type Decoder = (packed: Uint8Array, limits: { maxOutputLength: number }) => Promise<Uint8Array>

const inflateZlib = promisify(inflate)
const inflateBare = promisify(inflateRaw)

const DECODERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  // The name means zlib's format; some servers send the bare one (RFC 9110 8.4.1.2).
  deflate: (packed, limits) => (hasZlibHeader(packed) ? inflateZlib : inflateBare)(packed, limits),
  br: promisify(brotliDecompress),
} as const satisfies Record<string, Decoder>

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

/** @see RFC 1950 2.2: the method is 8, and the two bytes are a multiple of 31 */
function hasZlibHeader(packed: Uint8Array): boolean {
  const [first = 0, second = 0] = packed
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0
}

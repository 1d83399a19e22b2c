import type { AppError } from '../../../shared/errors.ts'

/** One HTTP request. `path` with its query, already encoded. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** A longer answer (bytes) ends the request with `unexpected-answer`. */
  readonly maxBytes: number
  readonly signal: AbortSignal
  /** Hears of every piece of an answer's body, how long it is. */
  readonly onReceived?: (bytes: number) => void
}

/** One HTTP answer. Header names are in lower case. */
export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array
  /** Bytes on the wire, where the body came packed. */
  readonly packedBytes?: number
}

/**
 * What came of a request. `bodyBytes`: how much body came over the wire, also when it failed; `contentType`: what it would have
 * been.
 */
export type HttpOutcome =
  | { readonly kind: 'reply'; readonly reply: HttpReply }
  | {
      readonly kind: 'failed'
      readonly error: AppError
      readonly status: number | null
      readonly bodyBytes: number
      readonly contentType?: string | null
    }

/** A header's value; several of one name are joined as RFC 9110 5.3 says. */
export function headerOf(reply: HttpReply, name: string): string | null {
  const value = reply.headers[name]
  if (value === undefined) return null
  return Array.isArray(value) ? value.join(', ') : value
}

/** The body as text (UTF-8; Exchange sends nothing else). */
export function textOf(reply: HttpReply): string {
  return new TextDecoder().decode(reply.body)
}

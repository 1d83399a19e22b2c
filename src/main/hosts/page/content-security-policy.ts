import { randomBytes } from 'node:crypto'

/** What the page may load beside its own files, by host. */
export interface PageSources {
  /** Sources of pictures, such as `photo:`. */
  readonly images: readonly string[]
  /** Where the page may connect to, such as `ws://127.0.0.1:4000`. */
  readonly connections: readonly string[]
}

/** A nonce for one answer: 128 random bits, base64. */
export function createNonce(): string {
  return randomBytes(16).toString('base64')
}

/**
 * The policy of the page: nothing but its own files, its own photos and its own engine. Styles that are made at run time
 * carry the nonce, so nothing needs `unsafe-inline`.
 * @see Content Security Policy Level 3
 */
export function contentSecurityPolicy(nonce: string, sources: PageSources): string {
  const directives = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", `'nonce-${nonce}'`],
    'img-src': ["'self'", ...sources.images],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...sources.connections],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  }
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}

import { hash } from 'node:crypto'

/** SHA-256 of the bytes in lower-case hex: the key of a picture. */
export function contentHash(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}

import { createHmac } from 'node:crypto'
import { md4 } from 'hash-wasm'

/** HMAC-MD5, the one keyed hash of NTLMv2. */
export function hmacMd5(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('md5', key)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

/** The user name in upper case, character by character: a ß stays one, as on Windows. */
function toUpperSimple(text: string): string {
  return Array.from(text, (character) => {
    const upper = character.toUpperCase()
    return upper.length === character.length ? upper : character
  }).join('')
}

/**
 * The key of NTLMv2, from the password, the user name and the domain as typed.
 * @returns 16 bytes
 * @see MS-NLMP 3.3.2 (NTOWFv2)
 */
export async function ntlmV2Key(user: string, domain: string, password: string): Promise<Buffer> {
  // OpenSSL 3 has no MD4 any more; NTLM has nothing else.
  const passwordHash = Buffer.from(await md4(Buffer.from(password, 'utf16le')), 'hex')
  return hmacMd5(passwordHash, Buffer.from(toUpperSimple(user) + domain, 'utf16le'))
}

/** What an NTLMv2 answer is made of. Challenges are 8 bytes; `time` is a FILETIME, 8 bytes, little-endian. */
export interface NtlmV2Input {
  readonly key: Uint8Array
  readonly serverChallenge: Uint8Array
  readonly clientChallenge: Uint8Array
  readonly time: Uint8Array
  readonly targetInfo: Uint8Array
}

/**
 * The NTLMv2 answer to a challenge, and the session key that comes of it.
 * @see MS-NLMP 3.3.2 (ComputeResponse)
 */
export function computeNtlmV2(input: NtlmV2Input): { ntResponse: Buffer; lmResponse: Buffer; sessionKey: Buffer } {
  const { key, serverChallenge, clientChallenge } = input
  const temp = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    input.time,
    clientChallenge,
    Buffer.alloc(4),
    input.targetInfo,
    Buffer.alloc(4),
  ])
  const proof = hmacMd5(key, serverChallenge, temp)
  return {
    ntResponse: Buffer.concat([proof, temp]),
    lmResponse: Buffer.concat([hmacMd5(key, serverChallenge, clientChallenge), clientChallenge]),
    sessionKey: hmacMd5(key, proof),
  }
}

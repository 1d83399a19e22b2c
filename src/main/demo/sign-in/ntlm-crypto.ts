import { createHash, createHmac } from 'node:crypto'
import { md4 } from 'hash-wasm'

/** HMAC-MD5. */
export function hmacMd5(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  const mac = createHmac('md5', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

/**
 * The NTLMv2 one-way function of a password. OpenSSL 3 has no MD4; it comes from a library.
 * @see MS-NLMP 3.3.2, NTOWFv2
 */
export async function ntowfV2(password: string, user: string, domain: string): Promise<Buffer> {
  const hash = Buffer.from(await md4(Buffer.from(password, 'utf16le')), 'hex')
  return hmacMd5(hash, Buffer.from(user.toUpperCase() + domain, 'utf16le'))
}

/**
 * RC4, which OpenSSL 3 has not either; NTLM needs it to unwrap the exported session key.
 * @see MS-NLMP 3.1.5.1.2, EncryptedRandomSessionKey
 */
export function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index)
  const swap = (a: number, b: number): void => {
    const held = state[a] ?? 0
    state[a] = state[b] ?? 0
    state[b] = held
  }
  let j = 0
  for (let i = 0; i < 256; i++) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 255
    swap(i, j)
  }
  let i = 0
  j = 0
  return Buffer.from(data).map((byte) => {
    i = (i + 1) & 255
    j = (j + (state[i] ?? 0)) & 255
    swap(i, j)
    return byte ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 255] ?? 0)
  }) as Buffer
}

/**
 * What a client of this TLS server has to put into MsvAvChannelBindings: MD5 over the channel bindings structure with
 * `tls-server-end-point:` and the certificate's hash. The demo's certificate is signed with SHA-256.
 * @see RFC 5929 4.1; MS-NLMP 2.2.2.1; RFC 2744 3.11
 */
export function tlsServerEndPointBinding(certificateDer: Uint8Array): Buffer {
  const applicationData = Buffer.concat([
    Buffer.from('tls-server-end-point:', 'ascii'),
    createHash('sha256').update(certificateDer).digest(),
  ])
  const header = Buffer.alloc(20)
  header.writeUInt32LE(applicationData.length, 16)
  return createHash('md5').update(header).update(applicationData).digest()
}

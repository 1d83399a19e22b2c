import { createHash } from 'node:crypto'

const PREFIX = Buffer.from('tls-server-end-point:', 'latin1')

/** Object identifiers, DER-encoded, that say SHA-384 or SHA-512 inside an AlgorithmIdentifier. */
const SHA384_OIDS = ['2a864886f70d01010c', '2a8648ce3d040303', '608648016503040202']
const SHA512_OIDS = ['2a864886f70d01010d', '2a8648ce3d040304', '608648016503040203']

/**
 * The channel-binding value of an NTLM token: an MD5 over the gss_channel_bindings structure with the hash of the server's
 * certificate. The hash is that of the certificate's signature, SHA-256 in place of MD5 and SHA-1.
 * @param certificate DER
 * @returns 16 bytes
 * @see RFC 5929 4.1; MS-NLMP 2.2.2.1 (MsvAvChannelBindings); RFC 2744 3.11
 */
export function channelBindingOf(certificate: Uint8Array): Buffer {
  const hash = createHash(signatureHashOf(certificate)).update(certificate).digest()
  const data = Buffer.concat([PREFIX, hash])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(data.length)
  return createHash('md5').update(Buffer.alloc(16)).update(length).update(data).digest()
}

/** The hash for tls-server-end-point of a DER certificate. */
export function signatureHashOf(certificate: Uint8Array): 'sha256' | 'sha384' | 'sha512' {
  const hex = readSignatureAlgorithm(Buffer.from(certificate)).toString('hex')
  if (SHA384_OIDS.some((oid) => hex.includes(oid))) return 'sha384'
  return SHA512_OIDS.some((oid) => hex.includes(oid)) ? 'sha512' : 'sha256'
}

/** The bytes of Certificate.signatureAlgorithm: the second element inside the outer sequence. */
function readSignatureAlgorithm(der: Buffer): Buffer {
  const outer = readElement(der, 0)
  const toBeSigned = readElement(der, outer.contentAt)
  const algorithm = readElement(der, toBeSigned.endAt)
  return der.subarray(algorithm.contentAt, algorithm.endAt)
}

/** Where a DER element's content begins and ends. Bytes that are missing read as an empty element. */
function readElement(der: Buffer, at: number): { contentAt: number; endAt: number } {
  const first = der[at + 1] ?? 0
  if (first < 0x80) return { contentAt: at + 2, endAt: at + 2 + first }
  const count = first & 0x7f
  let length = 0
  for (let index = 0; index < count; index++) length = length * 256 + (der[at + 2 + index] ?? 0)
  return { contentAt: at + 2 + count, endAt: at + 2 + count + length }
}

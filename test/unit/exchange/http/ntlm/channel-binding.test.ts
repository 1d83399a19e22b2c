import 'reflect-metadata'
import { createHash } from 'node:crypto'
import { X509CertificateGenerator } from '@peculiar/x509'
import { describe, expect, it } from 'vitest'
import { channelBindingOf, signatureHashOf } from '../../../../../src/main/exchange/http/ntlm/channel-binding.ts'

type SigningAlgorithm = (RsaHashedKeyGenParams | EcKeyGenParams) & { hash: string }

async function certificate(algorithm: SigningAlgorithm): Promise<Buffer> {
  const keys = (await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])) as CryptoKeyPair
  const signingAlgorithm = { name: algorithm.name, hash: algorithm.hash, saltLength: 48 }
  const made = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=test',
    notBefore: new Date(0),
    notAfter: new Date(4e12),
    signingAlgorithm,
    keys,
  })
  return Buffer.from(made.rawData)
}

const rsa = (name: string, hash: string): SigningAlgorithm => ({
  name,
  hash,
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
})

describe('channel binding (tls-server-end-point)', () => {
  it.each([
    { algorithm: rsa('RSASSA-PKCS1-v1_5', 'SHA-1'), hash: 'sha256' },
    { algorithm: rsa('RSASSA-PKCS1-v1_5', 'SHA-256'), hash: 'sha256' },
    { algorithm: rsa('RSASSA-PKCS1-v1_5', 'SHA-384'), hash: 'sha384' },
    { algorithm: rsa('RSASSA-PKCS1-v1_5', 'SHA-512'), hash: 'sha512' },
    { algorithm: rsa('RSA-PSS', 'SHA-384'), hash: 'sha384' },
    { algorithm: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }, hash: 'sha256' },
    { algorithm: { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' }, hash: 'sha384' },
    { algorithm: { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-512' }, hash: 'sha512' },
  ])('hashes a certificate signed with $algorithm.name and $algorithm.hash by $hash', async ({ algorithm, hash }) => {
    expect(signatureHashOf(await certificate(algorithm))).toBe(hash)
  })

  it('is an MD5 over the structure of RFC 2744 with only the application data filled in', async () => {
    const der = await certificate({ name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' })
    const structure = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([0x35, 0, 0, 0]),
      Buffer.from('tls-server-end-point:'),
      createHash('sha256').update(der).digest(),
    ])
    expect(channelBindingOf(der)).toEqual(createHash('md5').update(structure).digest())
  })

  it('reads bytes that are no certificate without failing', () => {
    expect(signatureHashOf(Buffer.alloc(3, 0xff))).toBe('sha256')
    expect(signatureHashOf(Buffer.alloc(0))).toBe('sha256')
  })
})

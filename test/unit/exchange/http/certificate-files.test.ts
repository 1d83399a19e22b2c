import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { readAuthorities } from '../../../../src/main/exchange/http/read-authorities.ts'
import { readClientCertificate } from '../../../../src/main/exchange/http/read-client-certificate.ts'
import {
  type ClientCa,
  createClientCa,
  type KeyPair,
  toEncryptedKey,
  toPfx,
  whyNoOpenssl,
} from '../../../support/client-certificates.ts'

const nowMs = Date.now()
const LATER_MS = nowMs + 365 * 86_400_000
const missing = whyNoOpenssl()

let ca: ClientCa
let anna: KeyPair
let otto: KeyPair
beforeAll(async () => {
  ca = await createClientCa()
  anna = await ca.issue('anna')
  otto = await ca.issue('otto')
})

function read(files: readonly (string | Buffer)[], passphrase = '', atMs = nowMs) {
  const found = readClientCertificate(
    files.map((file) => Buffer.from(file)),
    passphrase,
    atMs,
  )
  if (found.ok) return found.value.certificate.subject
  return found.error.code === 'client-certificate-file' ? found.error.reason : found.error
}

function der(pem: string): Buffer {
  return new X509Certificate(pem).raw
}

describe('a client certificate', () => {
  it('is read from one PEM file or two, in any order, with other certificates around it', () => {
    expect(read([`${anna.certificate}\n${anna.key}`])).toBe('CN=anna')
    expect(read([anna.key, anna.certificate])).toBe('CN=anna')
    expect(read([`${ca.caPem}\n${anna.certificate}`, anna.key])).toBe('CN=anna')
  })

  it('shows its chain after it', () => {
    const found = readClientCertificate([Buffer.from(ca.caPem + anna.key + anna.certificate)], '', nowMs)
    const own = found.ok && found.value.own.kind === 'pem' ? found.value.own.certificates : ''
    const subjects = own.split(/(?=-----BEGIN)/).map((pem) => new X509Certificate(pem).subject)
    expect(subjects).toEqual(['CN=anna', 'CN=Fjordline Client CA'])
  })

  it.each([
    ['no-key', () => [anna.certificate]],
    ['no-key', () => [der(anna.certificate)]],
    ['no-certificate', () => [anna.key]],
    ['no-certificate', () => ['a shopping list']],
    ['no-certificate', () => ['']],
    ['no-certificate', () => [der(anna.certificate), der(ca.caPem)]],
    ['key-mismatch', () => [anna.certificate, otto.key]],
    ['damaged', () => [anna.certificate.replace(/\n[A-Za-z0-9+/]{20}/, '\nAAAA'), anna.key]],
    ['damaged', () => [anna.certificate, '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----']],
    ['damaged', () => [Buffer.from([0x30, 0x82, 1, 2, 3])]],
  ] as const)('that cannot be used is %s', (reason, files) => {
    expect(read(files(), 'sesam')).toBe(reason)
  })

  it('that has expired, or is not valid yet, is not taken', async () => {
    expect(read([anna.certificate, anna.key], '', LATER_MS)).toBe('expired')
    const early = await ca.issue('early', [5, 30])
    expect(read([early.certificate, early.key])).toBe('expired')
  })

  describe.skipIf(missing !== null)(
    `as other programs write it${missing === null ? '' : ` (skipped: ${missing})`}`,
    () => {
      it('is read from PFX, encrypted as it is today or was with Windows', () => {
        expect(read([toPfx(anna, 'sesam')], 'sesam')).toBe('CN=anna')
        expect(read([toPfx(anna, '')])).toBe('CN=anna')
        const triple = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']
        expect(read([toPfx(anna, 'sesam', triple)], 'sesam')).toBe('CN=anna')
      })

      it('is read from PEM with an encrypted key, old and new, and the passphrase is not kept', () => {
        for (const isOld of [false, true]) {
          const files = [anna.certificate, toEncryptedKey(anna, 'sesam', isOld)]
          expect(read(files, 'sesam')).toBe('CN=anna')
          const found = readClientCertificate(files.map(Buffer.from), 'sesam', nowMs)
          expect(JSON.stringify(found)).not.toContain('sesam')
        }
      })

      it('with a wrong passphrase, or without the one that it needs, says so', () => {
        for (const passphrase of ['wrong', '']) {
          expect(read([toPfx(anna, 'sesam')], passphrase)).toBe('wrong-passphrase')
          expect(read([toPfx(anna, 'sesam', ['-nomac'])], passphrase)).toBe('wrong-passphrase')
          expect(read([anna.certificate, toEncryptedKey(anna, 'sesam')], passphrase)).toBe('wrong-passphrase')
          expect(read([anna.certificate, toEncryptedKey(anna, 'sesam', true)], passphrase)).toBe('wrong-passphrase')
        }
      })

      it('encrypted as nobody should any more, cut off or without a key, says so', () => {
        expect(read([toPfx(anna, 'sesam', ['-legacy'])], 'sesam')).toBe('old-encryption')
        expect(read([toPfx(anna, 'sesam').subarray(0, 400)], 'sesam')).toBe('damaged')
        expect(read([toPfx(anna, 'sesam', ['-nokeys'])], 'sesam')).toBe('no-key')
      })
    },
  )
})

describe('a file of CAs', () => {
  const readAll = (files: readonly (string | Buffer)[], atMs = nowMs) => {
    const found = readAuthorities(
      files.map((file) => Buffer.from(file)),
      atMs,
    )
    if (found.ok) return found.value.map(({ subject }) => subject)
    return found.error.code === 'authority-file' ? found.error.reason : found.error
  }

  it('is read as PEM with any number of them, as DER, and each of them once', async () => {
    const other = await createClientCa('CN=Other CA')
    const both = ['CN=Fjordline Client CA', 'CN=Other CA']
    expect(readAll([`Bag Attributes\n${ca.caPem}\n# and\n${other.caPem}`])).toEqual(both)
    expect(readAll([der(ca.caPem), other.caPem, ca.caPem])).toEqual(both)
  })

  it.each([
    ['no-certificate', () => ['a shopping list']],
    ['no-certificate', () => [anna.key]],
    ['no-certificate', () => ['']],
    ['no-certificate', () => []],
    ['damaged', () => [ca.caPem.replace(/\n[A-Za-z0-9+/]{20}/, '\nAAAA')]],
  ] as const)('that holds none is %s', (reason, files) => {
    expect(readAll(files())).toBe(reason)
  })

  it('that holds only expired ones is not taken', () => {
    expect(readAll([ca.caPem], LATER_MS)).toBe('expired')
  })
})

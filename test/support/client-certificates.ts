// @peculiar/x509's dependency container asks for this polyfill to be loaded before it.
import 'reflect-metadata'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  X509CertificateGenerator,
} from '@peculiar/x509'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000

/** A certificate and its key, PEM. */
export interface KeyPair {
  readonly certificate: string
  readonly key: string
}

/** A throw-away CA that issues client certificates. */
export interface ClientCa {
  readonly caPem: string
  /** @param validDays from when to when, in days from now */
  issue(name: string, validDays?: readonly [from: number, to: number]): Promise<KeyPair>
}

function validity([from, to]: readonly [number, number]) {
  return { notBefore: new Date(Date.now() + from * DAY_MS), notAfter: new Date(Date.now() + to * DAY_MS) }
}

/** Makes one. */
export async function createClientCa(caName = 'CN=Fjordline Client CA'): Promise<ClientCa> {
  const caKeys = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])
  const ca = await X509CertificateGenerator.createSelfSigned({
    ...{ serialNumber: '01', name: caName, ...validity([-10, 30]), signingAlgorithm: ALGORITHM, keys: caKeys },
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  })
  let serial = 1
  return {
    caPem: ca.toString('pem'),
    async issue(name, validDays = [-1, 30]) {
      const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
      serial += 1
      const certificate = await X509CertificateGenerator.create({
        ...{ serialNumber: String(serial).padStart(2, '0'), subject: `CN=${name}`, issuer: caName },
        ...{ ...validity(validDays), signingAlgorithm: ALGORITHM },
        ...{ publicKey: keys.publicKey, signingKey: caKeys.privateKey },
        extensions: [
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
        ],
      })
      const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
      return { certificate: certificate.toString('pem'), key: PemConverter.encode(key, 'PRIVATE KEY') }
    },
  }
}

/** Why files cannot be made as other programs make them; null when they can. */
export function whyNoOpenssl(): string | null {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return null
  } catch {
    return 'openssl is not installed'
  }
}

/** Runs openssl over a pair in a folder of its own, as `pair.pem` and `key.pem`, and gives back the file `out`. */
function withOpenssl({ certificate, key }: KeyPair, args: readonly string[]): Buffer {
  const cwd = mkdtempSync(join(tmpdir(), 'rollcall-openssl-'))
  try {
    writeFileSync(join(cwd, 'pair.pem'), `${certificate}\n${key}\n`)
    writeFileSync(join(cwd, 'key.pem'), key)
    execFileSync('openssl', args, { cwd, stdio: 'ignore' })
    return readFileSync(join(cwd, 'out'))
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

/** The pair as a PFX file. `more`: openssl's options about how. */
export function toPfx(pair: KeyPair, passphrase: string, more: readonly string[] = []): Buffer {
  const args = ['pkcs12', '-export', '-in', 'pair.pem', '-out', 'out', '-passout', `pass:${passphrase}`, ...more]
  return withOpenssl(pair, args)
}

/** The key as encrypted PEM: PKCS#8, or OpenSSL's older way. */
export function toEncryptedKey(pair: KeyPair, passphrase: string, isOld = false): string {
  const args = isOld
    ? ['ec', '-aes128', '-in', 'key.pem', '-out', 'out', '-passout', `pass:${passphrase}`]
    : ['pkcs8', '-topk8', '-in', 'key.pem', '-out', 'out', '-passout', `pass:${passphrase}`]
  return withOpenssl(pair, args).toString()
}

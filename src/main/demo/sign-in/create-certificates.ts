// @peculiar/x509's dependency container asks for this polyfill to be loaded before it.
import 'reflect-metadata'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { z } from 'zod'
import { DEMO_AUTODISCOVER_HOST, DEMO_DOMAIN, DEMO_MAIL_HOST } from '../organisation/company.ts'

/** What a TLS server needs, and what a client has to trust. PEM. */
export interface DemoCertificates {
  readonly caPem: string
  readonly certificatePem: string
  readonly keyPem: string
  /** The server's certificate as DER: what channel bindings are made of. */
  readonly certificateDer: Uint8Array
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000
/** Valid from the day before, for clocks that are a little off, for two years. */
const VALID_FROM_MS = -DAY_MS
const VALID_FOR_MS = 730 * DAY_MS
/** Made anew when it ends within this time. */
const RENEW_BEFORE_MS = 30 * DAY_MS
const FILE_NAME = 'certificates.json'

const keptSchema = z.strictObject({ caPem: z.string(), certificatePem: z.string(), keyPem: z.string() })
type Kept = z.infer<typeof keptSchema>

function serialNumber(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(15)))
    .toString('hex')
    .replace(/^./, '1')
}

function withDer(kept: Kept): DemoCertificates {
  return { ...kept, certificateDer: new Uint8Array(new X509Certificate(kept.certificatePem).rawData) }
}

/** A CA and one certificate of it. The CA's private key is forgotten at once: nobody can sign with it later. */
async function generate(nowMs: number, extraHosts: readonly string[]): Promise<Kept> {
  const validity = { notBefore: new Date(nowMs + VALID_FROM_MS), notAfter: new Date(nowMs + VALID_FOR_MS) }
  const caKeys = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])
  const caName = 'CN=Fjordline Demo CA, O=Fjordline'
  const ca = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: caName,
    ...validity,
    signingAlgorithm: ALGORITHM,
    keys: caKeys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  })
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const names = [DEMO_MAIL_HOST, DEMO_AUTODISCOVER_HOST, DEMO_DOMAIN, 'localhost', ...extraHosts]
  const leaf = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${DEMO_MAIL_HOST}`,
    issuer: caName,
    ...validity,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
      new SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'dns' as const, value })),
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  })
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    caPem: ca.toString('pem'),
    certificatePem: leaf.toString('pem'),
    keyPem: PemConverter.encode(key, 'PRIVATE KEY'),
  }
}

async function readKept(file: string, nowMs: number): Promise<Kept | null> {
  try {
    const kept = keptSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    const isLasting = new X509Certificate(kept.certificatePem).notAfter.getTime() - nowMs > RENEW_BEFORE_MS
    return isLasting ? kept : null
  } catch {
    // Not there, not ours or damaged: a new one costs a few milliseconds.
    return null
  }
}

/**
 * The demo's throw-away CA and its server's certificate (ECDSA P-256).
 * @param extraHosts names it is good for beside its own
 * @param folder where they are kept (readable by their owner only), so that the CA stays the same; null: nowhere
 */
export async function openCertificates(
  folder: string | null,
  nowMs: number,
  extraHosts: readonly string[] = [],
): Promise<DemoCertificates> {
  const file = folder === null ? null : join(folder, FILE_NAME)
  const kept = file === null ? null : await readKept(file, nowMs)
  if (kept !== null) return withDer(kept)
  const made = await generate(nowMs, extraHosts)
  if (folder !== null && file !== null) {
    await mkdir(folder, { recursive: true })
    await writeFile(`${file}.new`, JSON.stringify(made), { mode: 0o600 })
    await rename(`${file}.new`, file)
  }
  return withDer(made)
}

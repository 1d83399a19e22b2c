import { X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import tls from 'node:tls'
import type { CertificateFacts } from '../../../shared/certificate-facts.ts'
import { readCertificate } from './wire-evidence.ts'

/** A chain is read up to this length; longer ones are none. */
const MAX_CHAIN = 10

/** What a server showed of itself on a connection that is not trusted. */
export interface SeenCertificates {
  /** The server's own first, as far as the server sent them. */
  readonly chain: readonly X509Certificate[]
  /** What a person would have to trust: the CA that it names as its own, else the certificate itself. */
  readonly toTrust: X509Certificate
}

/** Thrown instead of the system's error when it is known what would have to be trusted. */
export class UntrustedCertificate extends Error {
  readonly code: string
  readonly certificate: CertificateFacts

  constructor(cause: unknown, certificate: X509Certificate) {
    super('the certificate is not trusted', { cause })
    this.code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'CERT_UNTRUSTED'
    this.certificate = readCertificate(certificate)
  }
}

/**
 * Reads the certificates of a connection that was opened without trust, and closes it: nothing is ever sent on it. Null when
 * there is nothing to read, or when the certificate is not the host's: then no pin could help.
 */
export async function lookAtCertificates(looking: Promise<Socket>, host: string): Promise<SeenCertificates | null> {
  const socket = await looking.catch(() => null)
  if (!(socket instanceof tls.TLSSocket)) return null
  try {
    const shown = socket.getPeerCertificate(true)
    if (tls.checkServerIdentity(host, shown) !== undefined) return null
    const chain = chainOf(shown)
    const [own] = chain
    if (own === undefined) return null
    const last = chain.at(-1) ?? own
    return { chain, toTrust: last.ca ? last : own }
  } catch {
    // Not a certificate that can be read.
    return null
  } finally {
    socket.destroy()
  }
}

function chainOf(shown: tls.DetailedPeerCertificate): X509Certificate[] {
  const chain: X509Certificate[] = []
  const seen = new Set<string>()
  for (let next: tls.DetailedPeerCertificate | undefined = shown; next?.raw !== undefined; ) {
    if (seen.has(next.fingerprint256) || chain.length >= MAX_CHAIN) break
    seen.add(next.fingerprint256)
    chain.push(new X509Certificate(next.raw))
    next = next.issuerCertificate
  }
  return chain
}

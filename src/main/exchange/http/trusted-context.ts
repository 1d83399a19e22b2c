import tls from 'node:tls'
import type { ClientCertificate } from '../../core/connections/ports.ts'

/** Contexts by what is trusted. */
type Contexts = Map<string, tls.SecureContext>

const contexts: Contexts = new Map()
/** Those with a private key: gone with it when its account is closed. */
const contextsWithKey = new WeakMap<ClientCertificate, Contexts>()

/**
 * What is trusted: Node's own CAs, the operating system's, and the given ones. TLS 1.2 at least. Made once for each set,
 * because reading some hundred certificates for every socket would cost more than the photos.
 * @param pinnedPem certificates that a person trusts as they are, whoever issued them
 * @param clientCertificate shown to a server that asks for one
 */
export function trustedContext(
  extraCaPem: readonly string[],
  pinnedPem: readonly string[] = [],
  clientCertificate?: ClientCertificate,
): tls.SecureContext {
  const made = clientCertificate === undefined ? contexts : withKey(clientCertificate)
  const key = JSON.stringify([extraCaPem, pinnedPem])
  const known = made.get(key)
  if (known !== undefined) return known
  const context = tls.createSecureContext({
    ca: [...tls.rootCertificates, ...systemAuthorities(), ...extraCaPem, ...pinnedPem],
    minVersion: 'TLSv1.2',
    // A pinned certificate need not be a root: the chain may end there.
    allowPartialTrustChain: pinnedPem.length > 0,
    ...(clientCertificate !== undefined && keyOptions(clientCertificate)),
  })
  made.set(key, context)
  return context
}

/** A certificate and its key as TLS takes them. */
export function keyOptions(own: ClientCertificate): tls.SecureContextOptions {
  return own.kind === 'pfx'
    ? { pfx: Buffer.from(own.pfx, 'base64'), passphrase: own.passphrase }
    : { cert: own.certificates, key: own.key }
}

function withKey(clientCertificate: ClientCertificate): Contexts {
  const known = contextsWithKey.get(clientCertificate) ?? new Map()
  contextsWithKey.set(clientCertificate, known)
  return known
}

/** The operating system's CAs; none where they cannot be read. */
function systemAuthorities(): string[] {
  try {
    return tls.getCACertificates('system')
  } catch {
    return []
  }
}

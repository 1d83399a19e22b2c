import tls from 'node:tls'

const contexts = new Map<string, tls.SecureContext>()

/**
 * What is trusted: Node's own CAs, the operating system's, and the given ones. TLS 1.2 at least. Made once for each set,
 * because reading some hundred certificates for every socket would cost more than the photos.
 * @param pinnedPem certificates that a person trusts as they are, whoever issued them
 */
export function trustedContext(extraCaPem: readonly string[], pinnedPem: readonly string[] = []): tls.SecureContext {
  const key = JSON.stringify([extraCaPem, pinnedPem])
  const known = contexts.get(key)
  if (known !== undefined) return known
  const context = tls.createSecureContext({
    ca: [...tls.rootCertificates, ...systemAuthorities(), ...extraCaPem, ...pinnedPem],
    minVersion: 'TLSv1.2',
    // A pinned certificate need not be a root: the chain may end there.
    allowPartialTrustChain: pinnedPem.length > 0,
  })
  contexts.set(key, context)
  return context
}

/** The operating system's CAs; none where they cannot be read. */
function systemAuthorities(): string[] {
  try {
    return tls.getCACertificates('system')
  } catch {
    return []
  }
}

import tls from 'node:tls'

const contexts = new Map<string, tls.SecureContext>()

/**
 * What is trusted: Node's own CAs, the operating system's, and the given ones. TLS 1.2 at least. Made once for each set,
 * because reading some hundred certificates for every socket would cost more than the photos.
 */
export function trustedContext(extraCaPem: readonly string[]): tls.SecureContext {
  const key = extraCaPem.join('\n')
  const known = contexts.get(key)
  if (known !== undefined) return known
  const context = tls.createSecureContext({
    ca: [...tls.rootCertificates, ...systemAuthorities(), ...extraCaPem],
    minVersion: 'TLSv1.2',
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

import type { X509Certificate } from 'node:crypto'

/** Certificates that were seen and whose fingerprint somebody pinned. By fingerprint: 64 hexadecimal digits in lower case. */
const seen = new Map<string, string>()

/** The PEM of every pin whose certificate was seen in this run. */
export function knownPins(pins: readonly string[] = []): string[] {
  return pins.flatMap((pin) => seen.get(toPin(pin)) ?? [])
}

/** Remembers those certificates of the chain that are pinned. */
export function rememberPinned(chain: readonly X509Certificate[], pins: readonly string[] = []): void {
  const wanted = new Set(pins.map(toPin))
  for (const certificate of chain) {
    const pin = toPin(certificate.fingerprint256)
    if (wanted.has(pin)) seen.set(pin, certificate.toString())
  }
}

/** A fingerprint as it is compared. */
function toPin(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toLowerCase()
}

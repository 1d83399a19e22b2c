/**
 * Reads what a proxy auto-configuration script answers: `PROXY host:port; DIRECT`. The first entry that is spoken counts.
 * @returns the proxy; null: none, go there directly. SOCKS is not spoken, and passed over.
 */
export function readPacAnswer(answer: string): URL | null {
  for (const entry of answer.split(';')) {
    const [kind = '', place = ''] = entry.trim().split(/\s+/)
    if (kind.toUpperCase() === 'DIRECT') return null
    const protocol = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' }[kind.toUpperCase()]
    const address = `${protocol}://${place}`
    if (protocol !== undefined && place !== '' && URL.canParse(address)) return new URL(address)
  }
  return null
}

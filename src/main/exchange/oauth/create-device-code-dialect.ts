/** How often a code that was not typed yet is asked about, when the provider does not say, seconds. @see RFC 8628 3.2 */
const POLL_SECONDS = 5

/** Lets the library speak the device code as it is written down, not only as Microsoft's servers have it. */
export interface DeviceCodeDialect {
  /** Where a request really goes. */
  addressOf(address: string): string
  /** What a request really says. */
  bodyOf(body: string): string
  /** An answer as the library needs it. */
  answerOf(answer: Record<string, unknown>): Record<string, unknown>
}

/**
 * The library derives the address for codes from another one, names the grant in an old way, and does not wait where a provider
 * leaves the interval out. Each is the other way in RFC 8628, which Microsoft's servers understand as well.
 */
export function createDeviceCodeDialect(): DeviceCodeDialect {
  const endpoints = new Map<string, string>()
  return {
    addressOf: (address) => endpoints.get(address) ?? address,
    bodyOf: (body) =>
      body.replace(/(^|&)grant_type=device_code(?=&|$)/, '$1grant_type=urn:ietf:params:oauth:grant-type:device_code'),
    answerOf(answer) {
      const { token_endpoint: token, device_authorization_endpoint: device } = answer
      if (typeof token === 'string' && typeof device === 'string') {
        endpoints.set(token.replace('/token', '/devicecode'), device)
      }
      return 'device_code' in answer && !('interval' in answer) ? { ...answer, interval: POLL_SECONDS } : answer
    },
  }
}

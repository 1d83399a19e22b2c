import dns from 'node:dns'
import type { LookupFunction, Socket } from 'node:net'
import tls from 'node:tls'
import { buildConnector } from 'undici'
import type { NetworkOptions } from '../../core/connections/ports.ts'
import { trustedContext } from './trusted-context.ts'

/** How long a socket may take to come about (ms). */
const CONNECT_TIMEOUT_MS = 10_000

/** How to reach servers, as far as sockets are concerned. */
export type SocketOptions = Pick<NetworkOptions, 'extraCaPem' | 'resolveRules' | 'dnsServer' | 'observe'>

/**
 * Opens sockets to one origin, by the rules of `--resolve` where one fits. The certificate is checked against the
 * origin's own host name in every case.
 * @param onSocket hears of every socket that came about, before anything is sent on it
 * @param isUntrustedAllowed for looking at a refused certificate only: nothing may be sent on such a socket
 */
export function createConnect(
  origin: URL,
  options: SocketOptions,
  onSocket: (socket: Socket | null) => void,
  { isUntrustedAllowed = false }: { readonly isUntrustedAllowed?: boolean } = {},
): buildConnector.connector {
  const isHttps = origin.protocol === 'https:'
  const host = origin.hostname.replace(/^\[|\]$/g, '')
  const port = Number(origin.port || (isHttps ? 443 : 80))
  const rule = options.resolveRules.find((one) => one.host.toLowerCase() === host && one.port === port)
  const base = buildConnector({
    allowH2: false,
    timeout: CONNECT_TIMEOUT_MS,
    // Resumed sessions would save little: a socket lives as long as the work does.
    maxCachedSessions: 0,
    autoSelectFamily: true,
    ...(options.dnsServer === null ? {} : { lookup: createLookup(options.dnsServer) }),
    ...(isHttps
      ? {
          secureContext: trustedContext(options.extraCaPem),
          rejectUnauthorized: !isUntrustedAllowed,
          checkServerIdentity: (_: string, certificate: tls.PeerCertificate) =>
            isUntrustedAllowed ? undefined : tls.checkServerIdentity(host, certificate),
        }
      : {}),
  })
  return (wanted, callback) => {
    const target = rule === undefined ? {} : { hostname: rule.toAddress, port: String(rule.toPort) }
    base({ ...wanted, ...target }, (...result) => {
      onSocket(result[1])
      callback(...result)
    })
  }
}

/** Looks names up at one DNS server. */
function createLookup(server: string): LookupFunction {
  const resolver = new dns.promises.Resolver({ timeout: 4_000, tries: 2 })
  resolver.setServers([server])
  return (hostname, options, callback) => {
    const ask = async () => {
      const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
      const found = [
        ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
        ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
      ]
      const first = found[0]
      if (first === undefined) throw Object.assign(new Error('name not found'), { code: 'ENOTFOUND' })
      return { found, first }
    }
    ask().then(
      ({ found, first }) =>
        options.all === true ? callback(null, found) : callback(null, first.address, first.family),
      (error) => callback(error, '', 0),
    )
  }
}

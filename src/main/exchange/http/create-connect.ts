import dns from 'node:dns'
import type { LookupFunction, Socket } from 'node:net'
import tls from 'node:tls'
import { buildConnector } from 'undici'
import type { ClientCertificate, NetworkOptions } from '../../core/connections/ports.ts'
import { lookAtCertificates, UntrustedCertificate } from './look-at-certificates.ts'
import { isUnknownAuthority } from './name-network-error.ts'
import { openTunnel } from './open-tunnel.ts'
import { knownPins, rememberPinned } from './pinned-certificates.ts'
import { trustedContext } from './trusted-context.ts'

/** How long a socket may take to come about (ms). */
const CONNECT_TIMEOUT_MS = 10_000

/** How to reach servers, as far as sockets are concerned. */
export type SocketOptions = Pick<
  NetworkOptions,
  'extraCaPem' | 'resolveRules' | 'dnsServer' | 'observe' | 'pins' | 'proxyFor'
> & {
  /** For a host that may have the credentials. */
  readonly clientCertificate?: ClientCertificate | undefined
}

interface ConnectExtras {
  readonly isUntrustedAllowed?: boolean
  readonly beforeTls?: (plain: Socket) => Promise<void>
}

type Wanted = Parameters<buildConnector.connector>[0]

/**
 * Opens sockets to one origin: by the rules of `--resolve` where one fits, else through a proxy where there is one. The
 * certificate is checked against the origin's own host name in every case, pinned or not.
 * @param onSocket hears of every socket that came about, before anything is sent on it
 * @param isUntrustedAllowed for looking at a refused certificate only: nothing may be sent on such a socket
 * @param beforeTls what is spoken in the clear before the handshake, as StartTLS is; such sockets go past the proxy
 */
export function createConnect(
  origin: URL,
  options: SocketOptions,
  onSocket: (socket: Socket) => void,
  { isUntrustedAllowed = false, beforeTls }: ConnectExtras = {},
): buildConnector.connector {
  const isHttps = origin.protocol === 'https:'
  const host = origin.hostname.replace(/^\[|\]$/g, '')
  const port = Number(origin.port || (isHttps ? 443 : 80))
  const rule = options.resolveRules.find((one) => one.host.toLowerCase() === host && one.port === port)
  const base = {
    allowH2: false,
    timeout: CONNECT_TIMEOUT_MS,
    // Resumed sessions would save little: a socket lives as long as the work does.
    maxCachedSessions: 0,
    autoSelectFamily: true,
    ...(options.dnsServer === null ? {} : { lookup: createLookup(options.dnsServer) }),
  }

  /** The way to the origin: where to, and through which tunnel. */
  const findWay = async (wanted: Wanted): Promise<Wanted> => {
    const ruled = rule === undefined ? wanted : { ...wanted, hostname: rule.toAddress, port: String(rule.toPort) }
    if (beforeTls !== undefined) {
      const plain = await connectBy(base, Promise.resolve({ ...ruled, protocol: 'http:' }))
      await beforeTls(plain)
      return { ...wanted, httpSocket: plain }
    }
    if (rule !== undefined) return ruled
    const proxy = (await options.proxyFor?.(origin)) ?? null
    if (proxy === null) return wanted
    const trusted = trustedContext(options.extraCaPem)
    const httpSocket = await openTunnel(proxy, { host, port }, trusted, CONNECT_TIMEOUT_MS)
    return { ...wanted, httpSocket }
  }

  /** For looking only: whoever it is, and whatever it shows. */
  const openUntrusted = (wanted: Wanted): Promise<Socket> => {
    const anybody = { rejectUnauthorized: false, checkServerIdentity: () => undefined }
    return connectBy({ ...base, ...anybody }, findWay(wanted))
  }

  const openTls = async (wanted: Wanted): Promise<Socket> => {
    const checkServerIdentity = (_: string, certificate: tls.PeerCertificate) =>
      tls.checkServerIdentity(host, certificate)
    const connectTrusting = (pinnedPem: readonly string[]) => {
      const secureContext = trustedContext(options.extraCaPem, pinnedPem, options.clientCertificate)
      return connectBy({ ...base, secureContext, checkServerIdentity }, findWay(wanted))
    }
    const known = knownPins(options.pins)
    try {
      return await connectTrusting(known)
    } catch (thrown) {
      if (!isUnknownAuthority(thrown)) throw thrown
      const seen = await lookAtCertificates(openUntrusted(wanted), host)
      if (seen === null) throw thrown
      rememberPinned(seen.chain, options.pins)
      const pinned = knownPins(options.pins)
      if (pinned.length === known.length) throw new UntrustedCertificate(thrown, seen.toTrust)
      return connectTrusting(pinned)
    }
  }

  const open = async (wanted: Wanted): Promise<Socket> => {
    if (isHttps) return isUntrustedAllowed ? openUntrusted(wanted) : openTls(wanted)
    const way = await findWay(wanted)
    return way.httpSocket ?? connectBy(base, Promise.resolve(way))
  }

  return (wanted, callback) => {
    open(wanted).then(
      (socket) => {
        onSocket(socket)
        callback(null, socket)
      },
      (error) => callback(error, null),
    )
  }
}

/** One attempt of the library's connector. */
async function connectBy(options: buildConnector.BuildOptions, way: Promise<Wanted>): Promise<Socket> {
  const connect = buildConnector(options)
  const wanted = await way
  return new Promise((resolve, reject) => {
    // With an error the library leaves the socket out.
    connect(wanted, (...[error, socket]) => (error === null ? resolve(socket) : reject(error)))
  })
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

import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'

/** Why a proxy gave no tunnel; `code` is `PROXY_` and its status. */
class ProxyRefusal extends Error {
  readonly code: string
  constructor(status: number) {
    super(`the proxy answered ${status}`)
    this.code = `PROXY_${status}`
  }
}

/**
 * Asks a proxy for a tunnel to one host. The proxy sees the host's name and port, and nothing of what goes through.
 * @param proxy `http:` or `https:`; its user info, if any, goes to the proxy as Basic
 * @see RFC 9110 9.3.6
 */
export function openTunnel(
  proxy: URL,
  to: { readonly host: string; readonly port: number },
  secureContext: SecureContext,
  timeoutMs: number,
): Promise<Socket> {
  const isSecure = proxy.protocol === 'https:'
  const authority = `${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`
  const request = (isSecure ? https : http).request({
    method: 'CONNECT',
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (isSecure ? 443 : 80),
    path: authority,
    headers: { host: authority, ...authorizationOf(proxy) },
    agent: false,
    ...(isSecure && { secureContext, servername: proxy.hostname }),
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => request.destroy(Object.assign(new Error('the proxy does not answer'), { code: 'PROXY_TIMEOUT' })),
      timeoutMs,
    )
    request.once('connect', (response, socket) => {
      clearTimeout(timer)
      const status = response.statusCode ?? 0
      if (status >= 200 && status < 300) return resolve(socket as Socket)
      socket.destroy()
      reject(new ProxyRefusal(status))
    })
    request.once('response', (response) => {
      response.resume()
      clearTimeout(timer)
      reject(new ProxyRefusal(response.statusCode ?? 0))
    })
    request.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    request.end()
  })
}

function authorizationOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` }
}

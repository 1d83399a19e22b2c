import type { INetworkModule, NetworkResponse } from '@azure/msal-node'
import type { AppError } from '../../../shared/errors.ts'
import type { NetworkOptions } from '../../core/connections/ports.ts'
import { createLine } from '../http/create-line.ts'
import { type HttpRequest, headerOf, textOf } from '../http/reply.ts'
import { createDeviceCodeDialect } from './create-device-code-dialect.ts'

/** How long a sign-in server may be silent (ms). */
const TIMEOUT_MS = 20_000

/** The longest answer of a sign-in server (bytes). */
const MAX_BYTES = 1_000_000

/** The way to a sign-in server, for the library that speaks to it. */
export interface OAuthNetwork extends INetworkModule {
  /** What went wrong on the way; null while nothing did. The library tells less. */
  readonly failure: AppError | null
}

/**
 * Speaks to sign-in servers as to Exchange: over https only, with the same certificates, names and proxies, no redirect followed.
 * @param signal ends what is on its way
 */
export function createNetworkClient(network: NetworkOptions, signal: AbortSignal): OAuthNetwork {
  let failure: AppError | null = null
  const dialect = createDeviceCodeDialect()

  function fail(error: AppError): never {
    failure = error
    // Only this leaves here; the library's callers ask for `failure`.
    throw new Error(error.code)
  }

  async function send<T>(method: 'GET' | 'POST', address: string, options: RequestParts): Promise<NetworkResponse<T>> {
    const url = new URL(dialect.addressOf(address))
    if (url.protocol !== 'https:') fail({ code: 'oauth-failed', endpoint: url.origin, reason: 'not-https' })
    const line = createLine(url, network, TIMEOUT_MS)
    const request: HttpRequest = {
      ...{ method, path: url.pathname + url.search, signal, maxBytes: MAX_BYTES },
      headers: { accept: 'application/json', ...options.headers },
      body: options.body === undefined ? null : dialect.bodyOf(options.body),
    }
    try {
      const outcome = await line.send(request)
      if (outcome.kind === 'failed') return fail(outcome.error)
      const { status } = outcome.reply
      const body = parseObject(textOf(outcome.reply))
      if (body === null) {
        return fail({
          code: 'unexpected-answer',
          endpoint: url.origin,
          status,
          detail: 'no answer of a sign-in server',
        })
      }
      const retryAfter = headerOf(outcome.reply, 'retry-after')
      return {
        status,
        headers: retryAfter === null ? {} : { 'retry-after': retryAfter },
        body: dialect.answerOf(body) as T,
      }
    } finally {
      await line.close()
    }
  }

  return {
    get failure() {
      return failure
    },
    sendGetRequestAsync: (url, options) => send('GET', url, options ?? {}),
    sendPostRequestAsync: (url, options) => send('POST', url, options ?? {}),
  }
}

interface RequestParts {
  readonly headers?: Record<string, string>
  readonly body?: string
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

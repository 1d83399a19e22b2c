import type { AuthChoice } from '../../../shared/connections.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type {
  AutodiscoverAnswer,
  AutodiscoverCandidate,
  AutodiscoverClient,
  Credentials,
  NetworkOptions,
  SrvResolver,
} from '../../core/connections/ports.ts'
import { createLine } from '../http/create-line.ts'
import { createSignedInOrigin, type SignedInOrigin } from '../http/create-signed-in-origin.ts'
import { nameRefusal } from '../http/name-refusal.ts'
import { DEFAULT_BACK_OFF_MS } from '../http/read-retry-after.ts'
import { type HttpReply, type HttpRequest, headerOf, textOf } from '../http/reply.ts'
import { createSignInGuard } from '../http/sign-in-guard.ts'
import { parseXml } from '../soap/parse-xml.ts'
import type { AutodiscoverReading } from './autodiscover-reading.ts'
import { buildGetUserSettings, GET_USER_SETTINGS_ACTION, readGetUserSettings } from './get-user-settings.ts'
import { buildPox, readPox } from './pox.ts'
import { resolveSrv } from './resolve-srv.ts'

/** How long one candidate may be silent (ms). */
const TIMEOUT_MS = 10_000

/** The longest Autodiscover answer (bytes). */
const MAX_BYTES = 1_000_000

/** Speaks Autodiscover. All hosts share one guard: a password that one of them refused is shown to none after it. */
export function createAutodiscoverClient(
  credentials: Credentials,
  auth: AuthChoice,
  network: NetworkOptions,
): AutodiscoverClient & SrvResolver & { close(): Promise<void> } {
  const guard = createSignInGuard()
  const origins = new Map<string, SignedInOrigin>()
  const originOf = (url: URL): SignedInOrigin => {
    const known = origins.get(url.origin)
    if (known !== undefined) return known
    const options = { origin: url, credentials, auth, guard, network: { ...network, concurrency: 1 } }
    const opened = createSignedInOrigin({ ...options, timeoutMs: TIMEOUT_MS })
    origins.set(url.origin, opened)
    return opened
  }

  return {
    async ask(candidate, address, signal) {
      const url = URL.canParse(candidate.url) ? new URL(candidate.url) : null
      if (url === null || url.username !== '' || url.password !== '') return nothing(null, 'It is not an address.')
      if (candidate.method === 'http-redirect') return askForRedirect(url, network, signal)
      if (url.protocol !== 'https:') {
        return {
          kind: 'failed',
          status: null,
          error: { code: 'redirect-refused', endpoint: url.origin, target: url.origin },
        }
      }
      const outcome = await originOf(url).send(toRequest(candidate.method, url, address, signal))
      switch (outcome.kind) {
        case 'failed':
          return { kind: 'failed', status: outcome.status, error: outcome.error }
        case 'not-asked-to-sign-in':
          return readWithoutSignIn(outcome.reply, url)
        case 'reply':
          return readReply(outcome.reply, candidate.method, url)
      }
    },
    resolveSrv: (name, signal) => resolveSrv(name, network.dnsServer, signal),
    async close() {
      await Promise.all([...origins.values()].map((origin) => origin.close()))
    },
  }
}

function toRequest(
  method: Exclude<AutodiscoverCandidate['method'], 'http-redirect'>,
  url: URL,
  address: SmtpAddress,
  signal: AbortSignal,
): HttpRequest {
  // Exactly this spelling: outlook.com refuses others (protocol.md 2.4).
  const contentType = { 'content-type': 'text/xml; charset=utf-8', 'user-agent': 'Rollcall' }
  const rest = { method: 'POST', path: url.pathname + url.search, maxBytes: MAX_BYTES, signal } as const
  return method === 'soap'
    ? {
        ...rest,
        headers: { ...contentType, soapaction: `"${GET_USER_SETTINGS_ACTION}"` },
        body: buildGetUserSettings(url.href, address),
      }
    : { ...rest, headers: contentType, body: buildPox(address) }
}

/** Asks over plain http, without credentials; only a redirect counts (protocol.md 2.1, step 5). */
async function askForRedirect(url: URL, network: NetworkOptions, signal: AbortSignal): Promise<AutodiscoverAnswer> {
  const line = createLine(url, network, TIMEOUT_MS)
  try {
    const outcome = await line.send({
      method: 'GET',
      path: url.pathname + url.search,
      headers: { 'user-agent': 'Rollcall' },
      body: null,
      maxBytes: MAX_BYTES,
      signal,
    })
    if (outcome.kind === 'failed') return { kind: 'failed', status: outcome.status, error: outcome.error }
    return readRedirect(outcome.reply, url) ?? nothing(outcome.reply.status, 'It does not redirect.')
  } finally {
    await line.close()
  }
}

function readRedirect(reply: HttpReply, url: URL): AutodiscoverAnswer | null {
  if (![301, 302, 303, 307, 308].includes(reply.status)) return null
  const location = headerOf(reply, 'location')
  if (location === null || !URL.canParse(location, url.href)) return null
  return { kind: 'redirect-url', status: reply.status, url: new URL(location, url).href }
}

/** A server that answers without a sign-in is a web server, or one that is busy; it is not asked any further. */
function readWithoutSignIn(reply: HttpReply, url: URL): AutodiscoverAnswer {
  const redirect = readRedirect(reply, url)
  if (redirect !== null) return redirect
  const error = nameRefusal(reply, url, Date.now())
  return error.code === 'throttled'
    ? { kind: 'failed', status: reply.status, error }
    : nothing(reply.status, 'There is no Autodiscover here that asks for a sign-in.')
}

function readReply(reply: HttpReply, method: 'soap' | 'pox', url: URL): AutodiscoverAnswer {
  const { status } = reply
  const redirect = readRedirect(reply, url)
  if (redirect !== null) return redirect
  if (status !== 200 && status !== 500) {
    const error = nameRefusal(reply, url, Date.now())
    return error.code === 'unexpected-answer'
      ? nothing(status, 'There is no Autodiscover here.')
      : { kind: 'failed', status, error }
  }
  const document = parseXml(textOf(reply))
  if (document === null) return nothing(status, 'Its answer is not XML.')
  const reading: AutodiscoverReading = method === 'soap' ? readGetUserSettings(document) : readPox(document)
  if (reading.kind !== 'busy') return { ...reading, status }
  const error = { code: 'throttled', endpoint: url.origin, retryAfterMs: DEFAULT_BACK_OFF_MS } as const
  return { kind: 'failed', status, error }
}

function nothing(status: number | null, detail: string): AutodiscoverAnswer {
  return { kind: 'nothing-here', status, detail }
}

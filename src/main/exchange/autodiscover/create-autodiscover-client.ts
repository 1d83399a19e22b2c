import type { AuthChoice, StepEvidence } from '../../../shared/connections.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type {
  AutodiscoverAnswer,
  AutodiscoverClient,
  ClientCertificate,
  Credentials,
  NetworkOptions,
  ProbeAnswer,
  SrvResolver,
} from '../../core/connections/ports.ts'
import { createLine } from '../http/create-line.ts'
import { createSignedInOrigin, type SignedInOrigin, type SignedInOutcome } from '../http/create-signed-in-origin.ts'
import { inspectCertificate } from '../http/inspect-certificate.ts'
import type { HttpOutcome, HttpRequest } from '../http/reply.ts'
import { createSignInGuard } from '../http/sign-in-guard.ts'
import { mergeEvidence } from '../http/wire-evidence.ts'
import { ALL_SETTINGS, buildGetUserSettings, GET_USER_SETTINGS_ACTION, OLDEST_SETTINGS } from './get-user-settings.ts'
import { buildPox } from './pox.ts'
import { nothing, readHttpRedirect, readJson, readSignedIn, readUnasked } from './read-reply.ts'
import { resolveSrv } from './resolve-srv.ts'

/** How long one candidate may be silent (ms). */
const TIMEOUT_MS = 10_000

/** A certificate stands in the way: the server's, or the one that it wants. */
const REFUSED_IN_TLS = new Set(['certificate-untrusted', 'client-certificate-refused'])

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
  /** One question is asked at a time, so what is seen belongs to it. */
  let seen: StepEvidence | null = null
  const watched: NetworkOptions = {
    ...network,
    concurrency: 1,
    observe: (read) => {
      seen = mergeEvidence(seen, read())
    },
  }

  const originOf = (url: URL): SignedInOrigin => {
    const known = origins.get(url.origin)
    if (known !== undefined) return known
    const options = { origin: url, credentials, auth, guard, network: watched }
    const opened = createSignedInOrigin({ ...options, timeoutMs: TIMEOUT_MS })
    origins.set(url.origin, opened)
    return opened
  }

  const askXml = async (
    method: 'soap' | 'pox',
    url: URL,
    address: SmtpAddress,
    signal: AbortSignal,
  ): Promise<AutodiscoverAnswer> => {
    if (url.protocol !== 'https:') return refused(url)
    const send = async (names: readonly string[]) =>
      readOutcome(await originOf(url).send(toRequest(method, url, address, names, signal)), method, url)
    const first = await send(ALL_SETTINGS)
    if (first.kind !== 'unknown-setting') return first
    const second = await send(OLDEST_SETTINGS)
    return second.kind === 'unknown-setting'
      ? nothing(second.status, 'It does not know the settings asked for.')
      : second
  }

  /** Asks without a password, on a socket of its own. */
  const askOpenly = async (
    url: URL,
    method: 'GET' | 'POST',
    signal: AbortSignal,
    clientCertificate?: ClientCertificate,
  ): Promise<HttpOutcome> => {
    const line = createLine(url, { ...watched, clientCertificate }, TIMEOUT_MS)
    try {
      const path = url.pathname + url.search
      return await line.send({
        ...{ method, path, maxBytes: MAX_BYTES, signal },
        headers: { 'user-agent': 'Rollcall' },
        body: null,
      })
    } finally {
      await line.close()
    }
  }

  /** Adds what the wire showed; where TLS did not come about it is looked at once more, for the doctor alone. */
  const withEvidence = async <T extends AutodiscoverAnswer | ProbeAnswer>(
    url: URL,
    ask: () => Promise<T>,
    errorOf: (answer: T) => string | null,
  ): Promise<T> => {
    seen = null
    const answer = await ask()
    if (REFUSED_IN_TLS.has(errorOf(answer) ?? '')) seen = await inspectCertificate(url, watched)
    return seen === null ? answer : { ...answer, evidence: seen }
  }

  return {
    async ask(candidate, address, signal) {
      const url = parseUrl(candidate.url)
      if (url === null) return nothing(null, 'It is not an address.')
      const ask = async (): Promise<AutodiscoverAnswer> => {
        switch (candidate.method) {
          case 'http-redirect':
            return readHttpRedirect(await askOpenly(url, 'GET', signal), url)
          case 'json':
            return url.protocol === 'https:' ? readJson(await askOpenly(url, 'GET', signal), url) : refused(url)
          default:
            return askXml(candidate.method, url, address, signal)
        }
      }
      return withEvidence(url, ask, (answer) => (answer.kind === 'failed' ? answer.error.code : null))
    },
    async probe(text, signal, isTrusted = false) {
      const url = parseUrl(text)
      if (url === null || url.protocol !== 'https:') {
        return { status: null, error: { code: 'unreachable', endpoint: '', reason: 'NOT_HTTPS' } }
      }
      const ask = async (): Promise<ProbeAnswer> => {
        const { clientCertificate } = credentials
        const outcome = await askOpenly(url, 'POST', signal, isTrusted ? clientCertificate : undefined)
        return outcome.kind === 'failed'
          ? { status: outcome.status, error: outcome.error }
          : { status: outcome.reply.status, error: null }
      }
      return withEvidence(url, ask, (answer) => answer.error?.code ?? null)
    },
    resolveSrv: (name, signal) => resolveSrv(name, network.dnsServer, signal),
    async close() {
      await Promise.all([...origins.values()].map((origin) => origin.close()))
    },
  }
}

/** A URL without user info; null for everything else. */
function parseUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url === null || url.username !== '' || url.password !== '' ? null : url
}

function refused(url: URL): AutodiscoverAnswer {
  const error = { code: 'redirect-refused', endpoint: url.origin, target: url.origin } as const
  return { kind: 'failed', status: null, error }
}

function toRequest(
  method: 'soap' | 'pox',
  url: URL,
  address: SmtpAddress,
  names: readonly string[],
  signal: AbortSignal,
): HttpRequest {
  // Exactly this spelling: outlook.com refuses others (protocol.md 2.4).
  const contentType = { 'content-type': 'text/xml; charset=utf-8', 'user-agent': 'Rollcall' }
  const rest = { method: 'POST', path: url.pathname + url.search, maxBytes: MAX_BYTES, signal } as const
  return method === 'soap'
    ? {
        ...rest,
        headers: { ...contentType, soapaction: `"${GET_USER_SETTINGS_ACTION}"` },
        body: buildGetUserSettings(url.href, address, names),
      }
    : { ...rest, headers: contentType, body: buildPox(address) }
}

function readOutcome(outcome: SignedInOutcome, method: 'soap' | 'pox', url: URL) {
  switch (outcome.kind) {
    case 'failed':
      return { kind: 'failed', status: outcome.status, error: outcome.error } as const
    case 'not-asked-to-sign-in':
      return readUnasked(outcome.reply, url)
    case 'reply':
      return readSignedIn(outcome.reply, method, url)
  }
}

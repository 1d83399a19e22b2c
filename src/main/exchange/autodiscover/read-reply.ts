import type { AutodiscoverAnswer } from '../../core/connections/ports.ts'
import { nameRefusal } from '../http/name-refusal.ts'
import { DEFAULT_BACK_OFF_MS } from '../http/read-retry-after.ts'
import { type HttpOutcome, type HttpReply, headerOf, textOf } from '../http/reply.ts'
import { parseXml } from '../soap/parse-xml.ts'
import type { AutodiscoverReading } from './autodiscover-reading.ts'
import { readGetUserSettings } from './get-user-settings.ts'
import { readJsonLookup } from './json-lookup.ts'
import { readPox } from './pox.ts'

/** An answer, or the wish to be asked again for fewer settings. */
export type ReplyReading = AutodiscoverAnswer | { readonly kind: 'unknown-setting'; readonly status: number }

/** Nothing usable; `detail` is a sentence. */
export function nothing(status: number | null, detail: string): AutodiscoverAnswer {
  return { kind: 'nothing-here', status, detail }
}

/** Reads the answer over plain http, of which only a redirect counts (protocol.md 2.1, step 5). */
export function readHttpRedirect(outcome: HttpOutcome, url: URL): AutodiscoverAnswer {
  if (outcome.kind === 'failed') return { kind: 'failed', status: outcome.status, error: outcome.error }
  return readRedirect(outcome.reply, url) ?? nothing(outcome.reply.status, 'It does not redirect.')
}

/** Reads the answer of the JSON lookup; an error comes as 400 with a body. */
export function readJson(outcome: HttpOutcome, url: URL): AutodiscoverAnswer {
  if (outcome.kind === 'failed') return { kind: 'failed', status: outcome.status, error: outcome.error }
  const { reply } = outcome
  const redirect = readRedirect(reply, url)
  if (redirect !== null) return redirect
  if (reply.status === 200 || reply.status === 400) return toAnswer(readJsonLookup(textOf(reply)), reply, url)
  return nameOther(reply, url)
}

/** A server that answers without a sign-in is a web server, or one that is busy; it is not asked any further. */
export function readUnasked(reply: HttpReply, url: URL): AutodiscoverAnswer {
  const redirect = readRedirect(reply, url)
  if (redirect !== null) return redirect
  const error = nameRefusal(reply, url, Date.now())
  return error.code === 'throttled' || error.code === 'unauthorized'
    ? { kind: 'failed', status: reply.status, error }
    : nothing(reply.status, 'There is no Autodiscover here that asks for a sign-in.')
}

/** Reads what came after a sign-in. A fault comes with HTTP 500 (protocol.md 2.3). */
export function readSignedIn(reply: HttpReply, method: 'soap' | 'pox', url: URL): ReplyReading {
  const redirect = readRedirect(reply, url)
  if (redirect !== null) return redirect
  if (reply.status !== 200 && reply.status !== 500) return nameOther(reply, url)
  const document = parseXml(textOf(reply))
  if (document === null) return nothing(reply.status, 'Its answer is not XML.')
  const reading = method === 'soap' ? readGetUserSettings(document) : readPox(document)
  return reading.kind === 'unknown-setting' ? { ...reading, status: reply.status } : toAnswer(reading, reply, url)
}

function toAnswer(reading: AutodiscoverReading, { status }: HttpReply, url: URL): AutodiscoverAnswer {
  switch (reading.kind) {
    case 'busy': {
      const error = { code: 'throttled', endpoint: url.origin, retryAfterMs: DEFAULT_BACK_OFF_MS } as const
      return { kind: 'failed', status, error }
    }
    case 'unknown-setting':
      return nothing(status, 'It does not know the settings asked for.')
    default:
      return { ...reading, status }
  }
}

function nameOther(reply: HttpReply, url: URL): AutodiscoverAnswer {
  const error = nameRefusal(reply, url, Date.now())
  return error.code === 'unexpected-answer'
    ? nothing(reply.status, 'There is no Autodiscover here.')
    : { kind: 'failed', status: reply.status, error }
}

function readRedirect(reply: HttpReply, url: URL): AutodiscoverAnswer | null {
  if (![301, 302, 303, 307, 308].includes(reply.status)) return null
  const location = headerOf(reply, 'location')
  if (location === null || !URL.canParse(location, url.href)) return null
  return { kind: 'redirect-url', status: reply.status, url: new URL(location, url).href }
}

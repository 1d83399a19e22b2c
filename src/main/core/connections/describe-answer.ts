import { assertNever } from '../../../shared/assert-never.ts'
import type { ConnectionStep } from '../../../shared/connections.ts'
import { describeError } from '../../../shared/describe-error.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { AutodiscoverAnswer, AutodiscoverCandidate, ProbeAnswer } from './ports.ts'

/** What a step says in words. */
type StepWords = Pick<ConnectionStep, 'outcome' | 'detail'> & { readonly advice?: string }

/** The name of a step, as the connection doctor shows it. */
export function stepNameOf(method: AutodiscoverCandidate['method']): string {
  return method === 'http-redirect' ? 'http-redirect' : `autodiscover-${method}`
}

/** An answer in words, with what is to be done about it. */
export function describeAnswer(answer: AutodiscoverAnswer): StepWords {
  switch (answer.kind) {
    case 'settings': {
      const { external, internal } = answer.settings
      const urls = [...new Set([external.ewsUrl, internal.ewsUrl].filter((url) => url !== null))]
      return { outcome: 'found', detail: `Exchange Web Services are at ${urls.join(' and ')}.` }
    }
    case 'redirect-url':
      return { outcome: 'redirected', detail: `It points to ${withoutQuery(answer.url)}.` }
    case 'redirect-address':
      return { outcome: 'redirected', detail: `It says to look for ${answer.address.slice(0, 320)}.` }
    case 'nothing-here':
      return { outcome: 'nothing-here', detail: answer.detail }
    case 'failed':
      return describeFailure(answer.error)
    default:
      return assertNever(answer)
  }
}

/** A failure in words. */
export function describeFailure(error: AppError): StepWords {
  const { title, nextStep } = describeError(error)
  const advice = adviceOf(error) ?? nextStep
  return { outcome: outcomeOf(error.code), detail: title, ...(advice !== '' && { advice }) }
}

/** The hosts that SRV records name. */
export function describeTargets(hosts: readonly string[]): StepWords {
  if (hosts.length === 0) return { outcome: 'nothing-here', detail: 'There is no SRV record for port 443.' }
  return { outcome: 'found', detail: `It names ${hosts.join(', ')}.` }
}

/** What an EWS URL showed without credentials. */
export function describeProbe({ status, error }: ProbeAnswer): StepWords {
  if (error !== null) return describeFailure(error)
  if (status === 401) return { outcome: 'found', detail: 'It answers and asks for a sign-in.' }
  return {
    outcome: 'nothing-here',
    detail: 'It answers, but does not ask for a sign-in as Exchange Web Services do.',
    advice: 'Ask the administrator whether EWS is published at this address.',
  }
}

/** Words for the administrator, where they differ from those for everybody. */
function adviceOf(error: AppError): string | null {
  switch (error.code) {
    case 'unreachable':
      return UNREACHABLE_ADVICE[error.reason] ?? null
    case 'certificate-untrusted':
      return error.reason === 'ERR_TLS_CERT_ALTNAME_INVALID'
        ? 'The certificate is another host’s. For a web site of that name this is usual; for the Exchange server the administrator has to add the name to the certificate.'
        : null
    default:
      return null
  }
}

const NO_NAME = 'There is no such name in DNS here. That is usual for a place that is not used.'
const NOBODY =
  'Nobody listens there, or a firewall is in between. That is usual for a place that is not used; if Exchange should be there, ask whether port 443 is open.'
const UNREACHABLE_ADVICE: Readonly<Record<string, string>> = {
  ENOTFOUND: NO_NAME,
  ENODATA: NO_NAME,
  ECONNREFUSED: NOBODY,
  UND_ERR_CONNECT_TIMEOUT: NOBODY,
  ETIMEDOUT: NOBODY,
}

function withoutQuery(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}${new URL(url).pathname}` : 'something that is no address'
}

function outcomeOf(code: AppError['code']): ConnectionStep['outcome'] {
  switch (code) {
    case 'unauthorized':
    case 'forbidden':
    case 'oauth-failed':
    case 'client-certificate-refused':
    case 'redirect-refused':
    case 'consent-needed':
      return 'refused'
    case 'unreachable':
    case 'certificate-untrusted':
      return 'unreachable'
    case 'cancelled':
      return 'skipped'
    default:
      return 'failed'
  }
}

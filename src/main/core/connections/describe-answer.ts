import { assertNever } from '../../../shared/assert-never.ts'
import type { ConnectionStep } from '../../../shared/connections.ts'
import { describeError } from '../../../shared/describe-error.ts'
import type { AutodiscoverAnswer, AutodiscoverCandidate } from './ports.ts'

/** The name of a step, as the connection doctor shows it. */
export function stepNameOf(method: AutodiscoverCandidate['method']): string {
  return method === 'http-redirect' ? 'http-redirect' : `autodiscover-${method}`
}

/** An answer in words. */
export function describeAnswer(answer: AutodiscoverAnswer): Pick<ConnectionStep, 'outcome' | 'detail'> {
  switch (answer.kind) {
    case 'settings':
      return { outcome: 'found', detail: `Exchange Web Services are at ${answer.endpoints.ewsUrl}.` }
    case 'redirect-url':
      return { outcome: 'redirected', detail: `It points to ${withoutQuery(answer.url)}.` }
    case 'redirect-address':
      return { outcome: 'redirected', detail: `It says to look for ${answer.address}.` }
    case 'nothing-here':
      return { outcome: 'nothing-here', detail: answer.detail }
    case 'failed':
      return { outcome: outcomeOf(answer.error.code), detail: describeError(answer.error).title }
    default:
      return assertNever(answer)
  }
}

function withoutQuery(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}${new URL(url).pathname}` : 'something that is no address'
}

function outcomeOf(code: Extract<AutodiscoverAnswer, { kind: 'failed' }>['error']['code']): ConnectionStep['outcome'] {
  switch (code) {
    case 'unauthorized':
    case 'forbidden':
    case 'redirect-refused':
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

import type { Endpoints } from '../../../shared/connections.ts'
import { describeProbe } from './describe-answer.ts'
import { type HostTrust, isTrustedHost } from './judge-redirect.ts'
import type { AutodiscoverClient, FoundSettings } from './ports.ts'
import type { StepTeller } from './step-teller.ts'

/** Endpoints that may be used, or the URL that first needs a person's consent. */
export type EndpointChoice =
  | { readonly kind: 'endpoints'; readonly endpoints: Endpoints }
  | { readonly kind: 'ask'; readonly url: string }

export interface ChooseDeps {
  readonly client: AutodiscoverClient
  readonly trust: HostTrust
  readonly teller: StepTeller
  readonly signal: AbortSignal
}

/**
 * Chooses between the outside's and the inside's URLs: the one that answers, asked without a password. Where the settings
 * came from the machine's own directory the inside comes first. Nothing is asked where there is no choice. A photos service
 * on a host that may not be given the credentials is left aside: the EWS URL serves photos as well.
 * @see protocol.md 1.1, 2.6
 */
export async function chooseEndpoints(
  { external, internal, serverVersion }: FoundSettings,
  isInsideFirst: boolean,
  { client, trust, teller, signal }: ChooseDeps,
): Promise<EndpointChoice> {
  const sides = (isInsideFirst ? [internal, external] : [external, internal]).flatMap(({ ewsUrl, photosUrl }) =>
    ewsUrl === null ? [] : [{ ewsUrl, photosUrl }],
  )
  const isUsable = (url: string) => isTrustedHost(new URL(url).hostname, trust)
  const usable = sides.filter(({ ewsUrl }) => isUsable(ewsUrl))
  const [first] = usable
  if (first === undefined) return { kind: 'ask', url: sides[0]?.ewsUrl ?? '' }
  const toChoice = ({ ewsUrl, photosUrl }: (typeof sides)[number]): EndpointChoice => ({
    kind: 'endpoints',
    endpoints: { ewsUrl, photosUrl: photosUrl !== null && isUsable(photosUrl) ? photosUrl : null, serverVersion },
  })
  if (new Set(usable.map(({ ewsUrl }) => ewsUrl)).size === 1) return toChoice(first)
  for (const side of usable) {
    const answer = await teller.time(
      'ews-probe',
      side.ewsUrl,
      () => client.probe(side.ewsUrl, signal, true),
      (probed) => ({ status: probed.status, ...withEvidence(probed), ...describeProbe(probed) }),
    )
    if (answer.status === 401) return toChoice(side)
  }
  return toChoice(first)
}

function withEvidence({ evidence }: { readonly evidence?: Parameters<StepTeller['tell']>[2]['evidence'] }) {
  return evidence === undefined ? {} : { evidence }
}

import { type Endpoints, endpointsSchema } from '../../../shared/connections.ts'

/** What the body of an Autodiscover answer says. */
export type AutodiscoverReading =
  | { readonly kind: 'settings'; readonly endpoints: Endpoints }
  | { readonly kind: 'redirect-url'; readonly url: string }
  | { readonly kind: 'redirect-address'; readonly address: string }
  | { readonly kind: 'nothing-here'; readonly detail: string }
  | { readonly kind: 'busy' }

/** What a server may tell about itself; empty strings where it does not. */
export interface FoundUrls {
  readonly ewsUrl: string
  readonly photosUrl: string
  /** `EwsSupportedSchemas`, a comma-separated list. */
  readonly supportedSchemas: string
}

/** Schema versions that are spoken, oldest first. @see MS-OXWSCDATA 2.2.5.16 (ExchangeVersionType) */
const KNOWN_VERSIONS = ['Exchange2013', 'Exchange2013_SP1', 'Exchange2016']

/** The oldest Exchange that has user photos. */
const OLDEST_VERSION = 'Exchange2013'

/** The highest version that both sides speak. */
export function chooseServerVersion(supportedSchemas: string): string {
  const offered = new Set(supportedSchemas.split(',').map((version) => version.trim()))
  return KNOWN_VERSIONS.findLast((version) => offered.has(version)) ?? OLDEST_VERSION
}

/** Makes endpoints of what was found; a URL that is not https is not one. */
export function toReading(found: FoundUrls): AutodiscoverReading {
  const photosUrl = endpointsSchema.shape.photosUrl.safeParse(tidy(found.photosUrl))
  const endpoints = endpointsSchema.safeParse({
    ewsUrl: tidy(found.ewsUrl),
    photosUrl: photosUrl.success && found.photosUrl !== '' ? photosUrl.data : null,
    serverVersion: chooseServerVersion(found.supportedSchemas),
  })
  if (endpoints.success) return { kind: 'settings', endpoints: endpoints.data }
  const detail = found.ewsUrl === '' ? 'It names no EWS address.' : 'The EWS address it names is not usable.'
  return { kind: 'nothing-here', detail }
}

/** Without a trailing slash and without the `/WSSecurity` that some services hang on (protocol.md 2.8). */
function tidy(url: string): string {
  return url
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/WSSecurity$/i, '')
}

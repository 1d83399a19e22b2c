import { z } from 'zod'
import type { FoundSettings, NamedUrls } from '../../core/connections/ports.ts'

/** What the body of an Autodiscover answer says. */
export type AutodiscoverReading =
  | { readonly kind: 'settings'; readonly settings: FoundSettings }
  | { readonly kind: 'redirect-url'; readonly url: string }
  | { readonly kind: 'redirect-address'; readonly address: string }
  /** `isSpoken`: this form of Autodiscover is spoken here, so the other one would say no more. */
  | { readonly kind: 'nothing-here'; readonly detail: string; readonly isSpoken?: boolean }
  | { readonly kind: 'busy' }
  /** The request as a whole was refused because of a setting that this server does not know. */
  | { readonly kind: 'unknown-setting' }

/** What a server may tell about itself; empty strings where it does not. */
export interface ToldUrls {
  readonly external: { readonly ewsUrl: string; readonly photosUrl: string }
  readonly internal: { readonly ewsUrl: string; readonly photosUrl: string }
  /** `EwsSupportedSchemas`, a comma-separated list. */
  readonly supportedSchemas: string
}

/** A server that names nothing. */
export const NOTHING_TOLD: ToldUrls = {
  external: { ewsUrl: '', photosUrl: '' },
  internal: { ewsUrl: '', photosUrl: '' },
  supportedSchemas: '',
}

/** Schema versions that are spoken, oldest first. @see MS-OXWSCDATA 2.2.5.16 (ExchangeVersionType) */
const KNOWN_VERSIONS = ['Exchange2013', 'Exchange2013_SP1', 'Exchange2016']

/** The oldest Exchange that has user photos. */
const OLDEST_VERSION = 'Exchange2013'

const urlSchema = z.url({ protocol: /^https$/ })

/** The highest version that both sides speak. */
export function chooseServerVersion(supportedSchemas: string): string {
  const offered = new Set(supportedSchemas.split(',').map((version) => version.trim()))
  return KNOWN_VERSIONS.findLast((version) => offered.has(version)) ?? OLDEST_VERSION
}

/** Makes settings of what was told; a URL that is not https, or that carries a user name, is not one. */
export function toReading({ external, internal, supportedSchemas }: ToldUrls): AutodiscoverReading {
  const settings: FoundSettings = {
    external: toUrls(external),
    internal: toUrls(internal),
    serverVersion: chooseServerVersion(supportedSchemas),
  }
  if (settings.external.ewsUrl !== null || settings.internal.ewsUrl !== null) return { kind: 'settings', settings }
  const isNamed = external.ewsUrl !== '' || internal.ewsUrl !== ''
  const detail = isNamed ? 'The EWS address it names is not usable.' : 'It names no EWS address.'
  return { kind: 'nothing-here', detail, isSpoken: true }
}

function toUrls(told: ToldUrls['external']): NamedUrls {
  return { ewsUrl: toUrl(told.ewsUrl), photosUrl: toUrl(told.photosUrl) }
}

/** Without a trailing slash and without the `/WSSecurity` that some services hang on (protocol.md 2.8). */
function toUrl(told: string): string | null {
  const tidied = told
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/WSSecurity$/i, '')
  if (!urlSchema.safeParse(tidied).success || !URL.canParse(tidied)) return null
  const { username, password } = new URL(tidied)
  return username === '' && password === '' ? tidied : null
}

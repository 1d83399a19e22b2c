import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { escapeXml, NAMESPACES } from '../soap/build-envelope.ts'
import { childOf, childrenOf, childText, findElement, type XmlElement } from '../soap/parse-xml.ts'
import { type AutodiscoverReading, toReading } from './autodiscover-reading.ts'

const ACTION = `${NAMESPACES.autodiscover}/Autodiscover/GetUserSettings`

/** All that is worth knowing. A setting the server does not know is an error of that setting only (protocol.md 1.1, 2.3). */
export const ALL_SETTINGS = [
  'ExternalEwsUrl',
  'InternalEwsUrl',
  'ExternalPhotosUrl',
  'InternalPhotosUrl',
  'EwsSupportedSchemas',
  'ExternalEwsVersion',
  'CasVersion',
  'UserDisplayName',
  'AutoDiscoverSMTPAddress',
  'UserDN',
  'UserDeploymentId',
  'UserMSOnline',
  'InternalOABUrl',
  'ExternalOABUrl',
  'EwsPartnerUrl',
  'GroupingInformation',
  'MailboxVersion',
] as const

/** What every server knows: asked where the whole list was refused for a name in it. */
export const OLDEST_SETTINGS = ['ExternalEwsUrl', 'InternalEwsUrl', 'EwsSupportedSchemas'] as const

/** SOAPAction of GetUserSettings. */
export const GET_USER_SETTINGS_ACTION = ACTION

/** Asks for one user's settings. @see MS-OXWSADISC 3.1.4.3 (GetUserSettings) */
export function buildGetUserSettings(
  url: string,
  address: SmtpAddress,
  names: readonly string[] = ALL_SETTINGS,
): string {
  const settings = names.map((name) => `<a:Setting>${name}</a:Setting>`).join('')
  return (
    `<?xml version="1.0" encoding="utf-8"?>` +
    `<soap:Envelope xmlns:soap="${NAMESPACES.soap}" xmlns:wsa="${NAMESPACES.addressing}" xmlns:a="${NAMESPACES.autodiscover}">` +
    `<soap:Header><a:RequestedServerVersion>Exchange2013</a:RequestedServerVersion>` +
    `<wsa:Action>${ACTION}</wsa:Action><wsa:To>${escapeXml(url)}</wsa:To></soap:Header>` +
    `<soap:Body><a:GetUserSettingsRequestMessage><a:Request>` +
    `<a:Users><a:User><a:Mailbox>${escapeXml(address)}</a:Mailbox></a:User></a:Users>` +
    `<a:RequestedSettings>${settings}</a:RequestedSettings>` +
    `</a:Request></a:GetUserSettingsRequestMessage></soap:Body></soap:Envelope>`
  )
}

/** Words for the error codes. @see MS-OXWSADISC 2.2.5.2 (ErrorCode) */
const ERRORS: Readonly<Record<string, string>> = {
  InvalidUser: 'It does not know this address (InvalidUser).',
  InvalidDomain: 'It does not know this domain (InvalidDomain).',
  InvalidRequest: 'It did not understand the request (InvalidRequest).',
  InvalidSetting: 'It does not know the settings asked for (InvalidSetting).',
  SettingIsNotAvailable: 'It has no such settings for this address (SettingIsNotAvailable).',
  NotFederated: 'Its organisation is not federated (NotFederated).',
  InternalServerError: 'It has an internal error (InternalServerError).',
}

/** Reads an answer at its levels: fault, message, user, settings (protocol.md 2.3). */
export function readGetUserSettings(document: XmlElement): AutodiscoverReading {
  if (findElement(document, 'Fault') !== null) {
    return { kind: 'nothing-here', detail: 'The server answered with a fault.' }
  }
  const response = childOf(findElement(document, 'GetUserSettingsResponseMessage'), 'Response')
  if (response === null) return { kind: 'nothing-here', detail: 'It does not speak Autodiscover (SOAP).' }
  const user = childOf(childOf(response, 'UserResponses'), 'UserResponse')
  const [message, ofUser] = [childText(response, 'ErrorCode'), childText(user, 'ErrorCode')]
  if (message === 'InvalidSetting') return { kind: 'unknown-setting' }
  const code = [message, ofUser].find((one) => one !== '' && one !== 'NoError')
  switch (code) {
    case undefined:
      return readSettings(user)
    case 'RedirectAddress':
      return { kind: 'redirect-address', address: childText(user, 'RedirectTarget') }
    case 'RedirectUrl':
      return { kind: 'redirect-url', url: childText(user, 'RedirectTarget') }
    case 'ServerBusy':
      return { kind: 'busy' }
    default:
      return nothing(ERRORS[code] ?? describeUnknown(code))
  }
}

function readSettings(user: XmlElement | null): AutodiscoverReading {
  const values = new Map(
    childrenOf(childOf(user, 'UserSettings'), 'UserSetting').map((setting) => [
      childText(setting, 'Name'),
      childText(setting, 'Value'),
    ]),
  )
  const told = (name: (typeof ALL_SETTINGS)[number]) => values.get(name) ?? ''
  const reading = toReading({
    external: { ewsUrl: told('ExternalEwsUrl'), photosUrl: told('ExternalPhotosUrl') },
    internal: { ewsUrl: told('InternalEwsUrl'), photosUrl: told('InternalPhotosUrl') },
    supportedSchemas: told('EwsSupportedSchemas'),
  })
  return reading.kind === 'nothing-here' ? nothing(`${reading.detail}${describeSettingErrors(user)}`) : reading
}

/** Why the server left the EWS URLs out, where it says so. */
function describeSettingErrors(user: XmlElement | null): string {
  const codes = childrenOf(childOf(user, 'UserSettingErrors'), 'UserSettingError')
    .filter((error) => childText(error, 'SettingName').endsWith('EwsUrl'))
    .map((error) => childText(error, 'ErrorCode'))
    .filter(isCode)
  return codes.length === 0 ? '' : ` It says ${[...new Set(codes)].join(', ')}.`
}

function describeUnknown(code: string): string {
  return isCode(code) ? `The server says ${code}.` : 'The server says an unknown error.'
}

function isCode(text: string): boolean {
  return /^[A-Za-z]{1,60}$/.test(text)
}

function nothing(detail: string): AutodiscoverReading {
  return { kind: 'nothing-here', detail, isSpoken: true }
}

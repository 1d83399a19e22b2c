import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { escapeXml, NAMESPACES } from '../soap/build-envelope.ts'
import { childOf, childrenOf, childText, findElement, type XmlElement } from '../soap/parse-xml.ts'
import { type AutodiscoverReading, toReading } from './autodiscover-reading.ts'

const ACTION = `${NAMESPACES.autodiscover}/Autodiscover/GetUserSettings`

/** What is asked. A setting the server does not know is an error of that setting only (protocol.md 1.1). */
const SETTINGS = [
  'ExternalEwsUrl',
  'InternalEwsUrl',
  'ExternalPhotosUrl',
  'InternalPhotosUrl',
  'EwsSupportedSchemas',
  'UserDisplayName',
  'AutoDiscoverSMTPAddress',
]

/** SOAPAction of GetUserSettings. */
export const GET_USER_SETTINGS_ACTION = ACTION

/** Asks for one user's settings. @see MS-OXWSADISC 3.1.4.3 (GetUserSettings) */
export function buildGetUserSettings(url: string, address: SmtpAddress): string {
  const settings = SETTINGS.map((name) => `<a:Setting>${name}</a:Setting>`).join('')
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

/** Reads an answer at its levels: fault, message, user, settings (protocol.md 2.3). */
export function readGetUserSettings(document: XmlElement): AutodiscoverReading {
  if (findElement(document, 'Fault') !== null) return nothing('The server answered with a fault.')
  const response = childOf(findElement(document, 'GetUserSettingsResponseMessage'), 'Response')
  if (response === null) return nothing('It does not speak Autodiscover (SOAP).')
  const user = childOf(childOf(response, 'UserResponses'), 'UserResponse')
  const code = [childText(response, 'ErrorCode'), childText(user, 'ErrorCode')].find(
    (one) => one !== '' && one !== 'NoError',
  )
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
      return nothing(/^[A-Za-z]{1,60}$/.test(code) ? `The server says ${code}.` : 'The server says an unknown error.')
  }
}

function readSettings(user: XmlElement | null): AutodiscoverReading {
  const values = new Map(
    childrenOf(childOf(user, 'UserSettings'), 'UserSetting').map((setting) => [
      childText(setting, 'Name'),
      childText(setting, 'Value'),
    ]),
  )
  const first = (...names: string[]) => names.map((name) => values.get(name) ?? '').find((value) => value !== '') ?? ''
  return toReading({
    ewsUrl: first('ExternalEwsUrl', 'InternalEwsUrl'),
    photosUrl: first('ExternalPhotosUrl', 'InternalPhotosUrl'),
    supportedSchemas: first('EwsSupportedSchemas'),
  })
}

function nothing(detail: string): AutodiscoverReading {
  return { kind: 'nothing-here', detail }
}

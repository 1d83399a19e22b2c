import type { DemoPerson } from '../demo-types.ts'
import { type Answer, emptyAnswer, type Question, xmlAnswer } from '../http/answers.ts'
import { NS, SERVER_VERSION } from '../http/namespaces.ts'
import { childOf, escapeXml, readXml, textAt, textElement } from '../http/xml.ts'
import type { UserSettings } from './user-settings.ts'

const OPERATION = 'GetUserSettings'
const ACTION = `${NS.autodiscover}/Autodiscover/GetUserSettings`

function envelope(body: string): string {
  const { major, minor, majorBuild, minorBuild } = SERVER_VERSION
  const version = `<h:ServerVersionInfo xmlns:h="${NS.autodiscover}"><h:MajorVersion>${major}</h:MajorVersion><h:MinorVersion>${minor}</h:MinorVersion><h:MajorBuildNumber>${majorBuild}</h:MajorBuildNumber><h:MinorBuildNumber>${minorBuild}</h:MinorBuildNumber><h:Version>Exchange2015</h:Version></h:ServerVersionInfo>`
  return `<s:Envelope xmlns:s="${NS.soap}" xmlns:a="${NS.addressing}"><s:Header><a:Action s:mustUnderstand="1">${ACTION}Response</a:Action>${version}</s:Header><s:Body><GetUserSettingsResponseMessage xmlns="${NS.autodiscover}"><Response xmlns:i="${NS.schemaInstance}">${body}</Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`
}

const FINE = '<ErrorCode>NoError</ErrorCode><ErrorMessage/>'

function requestError(code: string, message: string): Answer {
  return xmlAnswer(
    OPERATION,
    200,
    envelope(`${textElement('ErrorCode', code)}${textElement('ErrorMessage', message)}<UserResponses/>`),
  )
}

function userResponse(asked: readonly string[], settings: UserSettings): string {
  const errors = asked
    .filter((name) => !settings.has(name))
    .map(
      (name) =>
        `<UserSettingError><ErrorCode>InvalidSetting</ErrorCode><ErrorMessage>The setting is not known.</ErrorMessage>${textElement('SettingName', name)}</UserSettingError>`,
    )
  const known = asked.flatMap((name) => {
    const value = settings.get(name)
    if (value === undefined) return []
    return `<UserSetting i:type="StringSetting">${textElement('Name', name)}<Value>${escapeXml(value)}</Value></UserSetting>`
  })
  return `<UserResponse>${FINE}<RedirectTarget i:nil="true"/><UserSettingErrors>${errors.join('')}</UserSettingErrors><UserSettings>${known.join('')}</UserSettings></UserResponse>`
}

const NO_SUCH_USER =
  '<UserResponse><ErrorCode>InvalidUser</ErrorCode><ErrorMessage>The user is not known.</ErrorMessage><RedirectTarget i:nil="true"/><UserSettingErrors/><UserSettings/></UserResponse>'

/**
 * Answers Autodiscover's GetUserSettings. A setting that is not known is an error of that setting only.
 * @see MS-OXWSADISC 3.1.4.2; GetUserSettings operation (SOAP)
 */
export function answerSettings(
  question: Question,
  find: (address: string) => DemoPerson | null,
  settingsOf: (person: DemoPerson) => UserSettings,
): Answer {
  if (question.method !== 'POST') return emptyAnswer(OPERATION, 200)
  if (!/^text\/xml\b/i.test(question.contentType)) return emptyAnswer(OPERATION, 415)
  const root = readXml(question.body)
  const isEnvelope = root?.namespace === NS.soap && root.name === 'Envelope'
  const envelopeElement = isEnvelope ? root : null
  const message = childOf(childOf(envelopeElement, NS.soap, 'Body'), NS.autodiscover, 'GetUserSettingsRequestMessage')
  const action = textAt(childOf(envelopeElement, NS.soap, 'Header'), NS.addressing, 'Action')
  const request = childOf(message, NS.autodiscover, 'Request')
  if (request === null || action !== ACTION) return requestError('InvalidRequest', 'The request is not valid.')
  const asked = (childOf(request, NS.autodiscover, 'RequestedSettings')?.children ?? []).map(({ text }) => text.trim())
  const users = (childOf(request, NS.autodiscover, 'Users')?.children ?? []).map(
    (user) => textAt(user, NS.autodiscover, 'Mailbox') ?? '',
  )
  if (asked.length === 0 || users.length === 0) return requestError('InvalidRequest', 'The request is not valid.')
  const responses = users.map((address) => {
    const person = find(address)
    return person === null ? NO_SUCH_USER : userResponse(asked, settingsOf(person))
  })
  const [address] = users
  const answer = xmlAnswer(OPERATION, 200, envelope(`${FINE}<UserResponses>${responses.join('')}</UserResponses>`))
  return address === undefined ? answer : { ...answer, address }
}

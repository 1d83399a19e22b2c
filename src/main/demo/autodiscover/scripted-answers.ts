import { type Answer, emptyAnswer, type Question, xmlAnswer } from '../http/answers.ts'
import { NS } from '../http/namespaces.ts'
import { escapeXml, textElement } from '../http/xml.ts'

/** Which form of Autodiscover: GetUserSettings, the older XML, or the JSON lookup. */
export type DemoAutodiscoverService = 'soap' | 'pox' | 'json'

/** What Autodiscover answers in place of the truth. */
export type DemoAutodiscoverAnswer =
  /** Any HTTP answer: a redirect, a status, a body. */
  | {
      readonly kind: 'http'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }
  | { readonly kind: 'redirect-url'; readonly url: string }
  | { readonly kind: 'redirect-address'; readonly address: string }
  /** An ErrorCode for the whole message, for the user, or for every setting. */
  | { readonly kind: 'error'; readonly level: 'message' | 'user' | 'setting'; readonly code: string }
  /** A SOAP fault, with HTTP 500 as Exchange sends it. */
  | { readonly kind: 'fault' }
  /** Refuses the whole request, as long as it asks for settings that came with Exchange 2013. */
  | { readonly kind: 'knows-old-settings-only'; readonly ewsUrl: string }
  /** These settings, and one of a type that nobody knows. */
  | { readonly kind: 'settings'; readonly values: Readonly<Record<string, string>> }

/** Where and when the answer is given. */
export interface DemoAutodiscoverScript {
  readonly host: string
  readonly service: DemoAutodiscoverService
  readonly answer: DemoAutodiscoverAnswer
  /** Answered without asking for a sign-in. Default false. */
  readonly isBeforeSignIn?: boolean
  /** How often; after that the truth. Default: always. */
  readonly count?: number
}

/** The answers that a test has asked for. */
export interface ScriptedAnswers {
  add(script: DemoAutodiscoverScript): void
  /** The answer to this question, which counts as given when `give` is called. */
  find(question: Question, host: string): { readonly isBeforeSignIn: boolean; give(): Answer } | null
  clear(): void
}

const SERVICES: Readonly<Record<string, DemoAutodiscoverService>> = {
  '/autodiscover/autodiscover.svc': 'soap',
  '/autodiscover/autodiscover.xml': 'pox',
  '/autodiscover/autodiscover.json': 'json',
}

const OPERATIONS = { soap: 'GetUserSettings', pox: 'Autodiscover', json: 'AutodiscoverJson' } as const

/** Nothing is scripted at first. The last script for a host and service wins. */
export function createScriptedAnswers(): ScriptedAnswers {
  let scripts: { readonly script: DemoAutodiscoverScript; left: number }[] = []
  return {
    add(script) {
      scripts = [{ script, left: script.count ?? Number.POSITIVE_INFINITY }, ...scripts]
    },
    find(question, host) {
      const service = SERVICES[question.url.pathname.toLowerCase()]
      const found = scripts.find(
        ({ script, left }) => left > 0 && script.host.toLowerCase() === host && script.service === service,
      )
      if (found === undefined) return null
      const { answer, service: asked, isBeforeSignIn = false } = found.script
      return {
        isBeforeSignIn,
        give() {
          found.left -= 1
          return toAnswer(answer, asked, question)
        },
      }
    },
    clear() {
      scripts = []
    },
  }
}

function toAnswer(answer: DemoAutodiscoverAnswer, service: DemoAutodiscoverService, question: Question): Answer {
  const operation = OPERATIONS[service]
  if (answer.kind === 'http') {
    const contentType = { 'content-type': service === 'json' ? 'application/json' : 'text/xml; charset=utf-8' }
    return {
      ...emptyAnswer(operation, answer.status, { ...contentType, ...answer.headers }),
      body: answer.body ?? '',
    }
  }
  if (answer.kind === 'fault') return { ...xmlAnswer(operation, 500, FAULT), status: 500 }
  return xmlAnswer(operation, 200, service === 'pox' ? poxBody(answer) : soapBody(answer, question))
}

type XmlForm = Exclude<DemoAutodiscoverAnswer, { kind: 'http' | 'fault' }>

const FAULT = `<s:Envelope xmlns:s="${NS.soap}"><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>The server was unable to process the request.</faultstring></s:Fault></s:Body></s:Envelope>`

function soapBody(answer: XmlForm, question: Question): string {
  switch (answer.kind) {
    case 'redirect-url':
      return message('NoError', user('RedirectUrl', textElement('RedirectTarget', answer.url)))
    case 'redirect-address':
      return message('NoError', user('RedirectAddress', textElement('RedirectTarget', answer.address)))
    case 'error':
      if (answer.level === 'message') return message(answer.code, '')
      if (answer.level === 'user') return message('NoError', user(answer.code, '<RedirectTarget i:nil="true"/>'))
      return message('NoError', user('NoError', `<UserSettingErrors>${settingError(answer.code)}</UserSettingErrors>`))
    case 'knows-old-settings-only':
      return question.body.includes('PhotosUrl')
        ? message('InvalidSetting', '')
        : message('NoError', user('NoError', settings({ ExternalEwsUrl: answer.ewsUrl })))
    case 'settings':
      return message('NoError', user('NoError', settings(answer.values)))
  }
}

function message(code: string, users: string): string {
  const response = `${textElement('ErrorCode', code)}<ErrorMessage/><UserResponses>${users}</UserResponses>`
  return `<s:Envelope xmlns:s="${NS.soap}"><s:Body><GetUserSettingsResponseMessage xmlns="${NS.autodiscover}"><Response xmlns:i="${NS.schemaInstance}">${response}</Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`
}

function user(code: string, rest: string): string {
  return `<UserResponse>${textElement('ErrorCode', code)}<ErrorMessage/>${rest}</UserResponse>`
}

function settingError(code: string): string {
  return `<UserSettingError>${textElement('ErrorCode', code)}<ErrorMessage/><SettingName>ExternalEwsUrl</SettingName></UserSettingError>`
}

function settings(values: Readonly<Record<string, string>>): string {
  const known = Object.entries(values).map(
    ([name, value]) =>
      `<UserSetting i:type="StringSetting">${textElement('Name', name)}<Value>${escapeXml(value)}</Value></UserSetting>`,
  )
  const odd = '<UserSetting i:type="OddSetting"><Name>Odd</Name><Odds><Odd>1</Odd></Odds></UserSetting>'
  return `<UserSettings>${odd}${known.join('')}</UserSettings>`
}

function poxBody(answer: XmlForm): string {
  switch (answer.kind) {
    case 'redirect-url':
      return account(`<Action>redirectUrl</Action>${textElement('RedirectUrl', answer.url)}`)
    case 'redirect-address':
      return account(`<Action>redirectAddr</Action>${textElement('RedirectAddr', answer.address)}`)
    case 'error':
      return `<Autodiscover xmlns="${NS.poxEnvelope}"><Response><Error>${textElement('ErrorCode', answer.code)}</Error></Response></Autodiscover>`
    case 'knows-old-settings-only':
      return account(`<Protocol><Type>EXPR</Type>${textElement('EwsUrl', answer.ewsUrl)}</Protocol>`)
    case 'settings':
      return account(
        `<Protocol><Type>EXPR</Type>${textElement('EwsUrl', answer.values['ExternalEwsUrl'] ?? '')}</Protocol>`,
      )
  }
}

function account(inner: string): string {
  return `<Autodiscover xmlns="${NS.poxEnvelope}"><Response xmlns="${NS.poxSettings}"><Account>${inner}</Account></Response></Autodiscover>`
}

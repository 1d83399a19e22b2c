import type { DemoPerson } from '../demo-types.ts'
import { type Answer, emptyAnswer, type Question, xmlAnswer } from '../http/answers.ts'
import { NS } from '../http/namespaces.ts'
import { childOf, escapeXml, readXml, textAt, textElement } from '../http/xml.ts'
import { DEMO_MAIL_HOST } from '../organisation/company.ts'
import { DEMO_EWS_URL, legacyDn } from './user-settings.ts'

const OPERATION = 'Autodiscover'

function poxError(code: number, message: string): Answer {
  const error = `<Error Time="${new Date().toISOString().slice(11, 23)}" Id="2477272013"><ErrorCode>${code}</ErrorCode><Message>${escapeXml(message)}</Message><DebugData/></Error>`
  return xmlAnswer(
    OPERATION,
    200,
    `<Autodiscover xmlns="${NS.poxEnvelope}"><Response>${error}</Response></Autodiscover>`,
  )
}

function protocol(type: 'EXCH' | 'EXPR'): string {
  return `<Protocol><Type>${type}</Type><Server>${DEMO_MAIL_HOST}</Server>${type === 'EXPR' ? '<SSL>On</SSL><AuthPackage>Ntlm</AuthPackage>' : ''}<ASUrl>${DEMO_EWS_URL}</ASUrl><EwsUrl>${DEMO_EWS_URL}</EwsUrl></Protocol>`
}

function settings(person: DemoPerson): string {
  const user = [
    textElement('DisplayName', person.displayName),
    textElement('LegacyDN', legacyDn(person)),
    textElement('AutoDiscoverSMTPAddress', person.address),
    '<DeploymentId>3f0c2a54-6c1f-4b7e-9a54-0f2f8a1d7c11</DeploymentId>',
  ].join('')
  const account = `<AccountType>email</AccountType><Action>settings</Action><MicrosoftOnline>False</MicrosoftOnline>${protocol('EXCH')}${protocol('EXPR')}`
  return `<Autodiscover xmlns="${NS.poxEnvelope}"><Response xmlns="${NS.poxSettings}"><User>${user}</User><Account>${account}</Account></Response></Autodiscover>`
}

/**
 * Answers the older Autodiscover in plain XML; a GET is an invalid request, which still shows that there is a service.
 * @see MS-OXDSCLI 3.2.5
 */
export function answerPox(question: Question, find: (address: string) => DemoPerson | null): Answer {
  if (question.method === 'GET' || question.method === 'HEAD') return poxError(600, 'Invalid Request')
  if (question.method !== 'POST') return emptyAnswer(OPERATION, 405, { allow: 'GET, POST' })
  const root = readXml(question.body)
  const isRequest = root?.namespace === NS.poxRequest && root.name === 'Autodiscover'
  const request = isRequest ? childOf(root, NS.poxRequest, 'Request') : null
  const address = textAt(request, NS.poxRequest, 'EMailAddress')
  if (!address) return poxError(600, 'Invalid Request')
  if (textAt(request, NS.poxRequest, 'AcceptableResponseSchema') !== NS.poxSettings) {
    return { ...poxError(601, 'The provider is not available'), address }
  }
  const person = find(address)
  if (person === null) return { ...poxError(500, 'The e-mail address cannot be found.'), address }
  return { ...xmlAnswer(OPERATION, 200, settings(person)), address }
}

import type { MailboxKind, Person } from '../../../shared/people.ts'
import type { PeoplePageAnswer } from '../../core/people/ports.ts'
import { buildEwsEnvelope, escapeXml } from '../soap/build-envelope.ts'
import { childOf, childrenOf, childText, type XmlElement } from '../soap/parse-xml.ts'
import { type EwsContext, readEwsAnswer } from '../soap/read-ews-answer.ts'
import { toPerson } from './to-person.ts'

/** SOAPAction of FindPeople. */
export const FIND_PEOPLE_ACTION = 'http://schemas.microsoft.com/exchange/services/2006/messages/FindPeople'

/** What the default shape leaves out. @see MS-OXWSPERS, PersonaType */
const PROPERTIES = [
  'GivenName',
  'Surname',
  'Title',
  'Departments',
  'CompanyName',
  'EmailAddresses',
  'OfficeLocations',
  'Managers',
  'BusinessPhoneNumbers',
  'MobilePhones',
]

/**
 * Asks for a page of directory entries that match a text. The directory needs a query string and takes no restriction.
 * @param offset entries before the page
 * @param limit entries of the page, at most
 * @see MS-OXWSPERS 3.1.4.1; protocol.md 3.2
 */
export function buildFindPeople(serverVersion: string, text: string, offset: number, limit: number): string {
  const fields = PROPERTIES.map((name) => `<t:FieldURI FieldURI="persona:${name}"/>`).join('')
  return buildEwsEnvelope(
    serverVersion,
    `<m:FindPeople><m:PersonaShape><t:BaseShape>Default</t:BaseShape><t:AdditionalProperties>${fields}</t:AdditionalProperties></m:PersonaShape>` +
      `<m:IndexedPageItemView MaxEntriesReturned="${limit}" Offset="${offset}" BasePoint="Beginning"/>` +
      `<m:ParentFolderId><t:DistinguishedFolderId Id="directory"/></m:ParentFolderId>` +
      `<m:QueryString>${escapeXml(text)}</m:QueryString></m:FindPeople>`,
  )
}

/** Reads a page. `total` is null where the server does not count. */
export function readFindPeople(context: EwsContext): PeoplePageAnswer {
  const answer = readEwsAnswer(context, 'FindPeopleResponse', ['NoError', 'ErrorNameResolutionNoResults'])
  if (!answer.ok) return { kind: 'failed', error: answer.error }
  const personas = childrenOf(childOf(answer.value, 'People'), 'Persona')
  const total = childText(answer.value, 'TotalNumberOfPeopleInView')
  return {
    kind: 'page',
    people: personas.flatMap((persona) => toPersonOf(persona) ?? []),
    loaded: personas.length,
    total: /^\d{1,9}$/.test(total) ? Number(total) : null,
  }
}

/** Kinds that only a persona's type tells. */
const PERSONA_KINDS: Readonly<Record<string, MailboxKind>> = { Room: 'room', DistributionList: 'list' }

/** The mailbox that a persona stands for: its own address, or the first of its addresses that is SMTP. */
function toPersonOf(persona: XmlElement): Person | null {
  const addresses = [
    childOf(persona, 'EmailAddress'),
    ...childrenOf(childOf(persona, 'EmailAddresses'), 'Address'),
  ].filter((element) => element !== null)
  for (const mailbox of addresses) {
    const person = toPerson(mailbox, null)
    if (person === null) continue
    return {
      ...person,
      displayName: childText(persona, 'DisplayName') || person.displayName,
      givenName: childText(persona, 'GivenName'),
      surname: childText(persona, 'Surname'),
      title: childText(persona, 'Title'),
      department: childText(persona, 'Department') || attributedText(persona, 'Departments'),
      office: attributedText(persona, 'OfficeLocations') || childText(persona, 'Location'),
      manager: attributedText(persona, 'Managers'),
      phones: [...phonesOf(persona, 'BusinessPhoneNumbers', 'Work'), ...phonesOf(persona, 'MobilePhones', 'Mobile')],
      company: childText(persona, 'CompanyName'),
      kind: PERSONA_KINDS[childText(persona, 'PersonaType')] ?? person.kind,
    }
  }
  return null
}

/** The first of the values that several sources may have for one property. @see MS-OXWSPERS, StringAttributedValueType */
function attributedText(persona: XmlElement, name: string): string {
  return childText(childOf(childOf(persona, name), 'StringAttributedValue'), 'Value')
}

function phonesOf(persona: XmlElement, name: string, label: string): Person['phones'] {
  const value = childOf(childOf(childOf(persona, name), 'PhoneNumberAttributedValue'), 'Value')
  const number = childText(value, 'Number')
  return number === '' ? [] : [{ label, number }]
}

import { createHash } from 'node:crypto'
import type { DemoPerson } from '../demo-types.ts'
import { NS } from '../http/namespaces.ts'
import { childOf, optionalElement, textAt, textElement, type XmlElement } from '../http/xml.ts'
import { RESPONSE_NAMESPACES, soapAnswer, soapFault } from './envelope.ts'
import type { EwsOperation } from './ews-operation.ts'
import { emailAddressContent } from './mailbox-elements.ts'

const OPERATION = 'FindPeople'
/** A page is never longer. */
const PAGE_LIMIT = 1000
/** The only page of a server that does not page. */
const ONLY_PAGE = 20

function personaType(person: DemoPerson): string {
  if (person.kind === 'list') return 'DistributionList'
  return person.kind === 'room' ? 'Room' : 'Person'
}

/** A stable id that says nothing. */
function personaId(person: DemoPerson): string {
  return `<t:PersonaId Id="${createHash('sha256').update(`persona/${person.address}`).digest('base64')}"/>`
}

const ATTRIBUTIONS = '<t:Attributions><t:Attribution>0</t:Attribution></t:Attributions>'

/** A property that several sources may have values for; the directory is the only one here. */
function attributed(name: string, text: string): string {
  if (text === '') return ''
  return `<t:${name}><t:StringAttributedValue>${textElement('t:Value', text)}${ATTRIBUTIONS}</t:StringAttributedValue></t:${name}>`
}

function phone(label: DemoPerson['phones'][number]['label'], type: string, person: DemoPerson): string {
  const number = person.phones.find((one) => one.label === label)?.number
  if (number === undefined) return ''
  const name = label === 'MobilePhone' ? 'MobilePhones' : 'BusinessPhoneNumbers'
  return `<t:${name}><t:PhoneNumberAttributedValue><t:Value>${textElement('t:Number', number)}${textElement('t:Type', type)}</t:Value>${ATTRIBUTIONS}</t:PhoneNumberAttributedValue></t:${name}>`
}

/** What a persona can tell, in the schema's order. @see MS-OXWSPERS, PersonaType */
const PROPERTIES: readonly { name: string; isDefault: boolean; write: (person: DemoPerson) => string }[] = [
  { name: 'PersonaType', isDefault: true, write: (person) => textElement('t:PersonaType', personaType(person)) },
  { name: 'DisplayName', isDefault: true, write: (person) => textElement('t:DisplayName', person.displayName) },
  { name: 'GivenName', isDefault: false, write: (person) => optionalElement('t:GivenName', person.givenName) },
  { name: 'Surname', isDefault: false, write: (person) => optionalElement('t:Surname', person.surname) },
  { name: 'Title', isDefault: false, write: (person) => optionalElement('t:Title', person.title) },
  { name: 'Department', isDefault: false, write: (person) => optionalElement('t:Department', person.department) },
  { name: 'CompanyName', isDefault: false, write: (person) => optionalElement('t:CompanyName', person.company) },
  { name: 'Location', isDefault: false, write: (person) => optionalElement('t:Location', person.office) },
  {
    name: 'EmailAddress',
    isDefault: true,
    write: (person) => `<t:EmailAddress>${emailAddressContent(person)}</t:EmailAddress>`,
  },
  {
    name: 'EmailAddresses',
    isDefault: false,
    write: (person) => `<t:EmailAddresses><t:Address>${emailAddressContent(person)}</t:Address></t:EmailAddresses>`,
  },
  { name: 'RelevanceScore', isDefault: true, write: () => textElement('t:RelevanceScore', '2147483647') },
  { name: 'BusinessPhoneNumbers', isDefault: false, write: (person) => phone('BusinessPhone', 'Business', person) },
  { name: 'MobilePhones', isDefault: false, write: (person) => phone('MobilePhone', 'Mobile', person) },
  { name: 'OfficeLocations', isDefault: false, write: (person) => attributed('OfficeLocations', person.office) },
  { name: 'Departments', isDefault: false, write: (person) => attributed('Departments', person.department) },
  { name: 'Managers', isDefault: false, write: (person) => attributed('Managers', person.manager) },
]

function wantedProperties(shape: XmlElement | null): typeof PROPERTIES {
  const base = textAt(shape, NS.types, 'BaseShape') ?? 'Default'
  const additional = childOf(shape, NS.types, 'AdditionalProperties')?.children ?? []
  const named = new Set(additional.map((field) => field.attributes.get('FieldURI')))
  return PROPERTIES.filter(
    ({ name, isDefault }) =>
      named.has(`persona:${name}`) || base === 'AllProperties' || (base === 'Default' && isDefault),
  )
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
}

/**
 * Searches the directory by a query string, a page at a time. The directory cannot be browsed: without a query string the
 * request is refused.
 * @see MS-OXWSPERS 3.1.4.1
 */
export const findPeople: EwsOperation = ({ element }, world) => {
  const view = childOf(element, NS.messages, 'IndexedPageItemView')
  const offset = wholeNumber(view?.attributes.get('Offset'))
  const pageSize = wholeNumber(view?.attributes.get('MaxEntriesReturned')) ?? PAGE_LIMIT
  if (view === null || offset === null || view.attributes.get('BasePoint') === undefined) {
    return soapFault(OPERATION, 'ErrorSchemaValidation', 'The request failed schema validation.')
  }
  const query = textAt(element, NS.messages, 'QueryString')
  if (!query) {
    const content =
      '<m:MessageText>The operation is not supported.</m:MessageText><m:ResponseCode>ErrorInvalidOperation</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>'
    return soapAnswer(
      OPERATION,
      `<m:FindPeopleResponse ResponseClass="Error" ${RESPONSE_NAMESPACES}>${content}</m:FindPeopleResponse>`,
    )
  }
  const found = world.search.resolve(query, Number.POSITIVE_INFINITY)
  const isPaged = world.isFindPeoplePaged()
  const start = isPaged ? offset : 0
  const limit = Math.min(pageSize, isPaged ? PAGE_LIMIT : ONLY_PAGE)
  const page = found.slice(start, start + limit)
  const properties = wantedProperties(childOf(element, NS.messages, 'PersonaShape'))
  const personas = page.map(
    (person) => `<t:Persona>${personaId(person)}${properties.map(({ write }) => write(person)).join('')}</t:Persona>`,
  )
  const content = `<m:ResponseCode>NoError</m:ResponseCode><m:People>${personas.join('')}</m:People><m:TotalNumberOfPeopleInView>${found.length}</m:TotalNumberOfPeopleInView><m:FirstMatchingRowIndex>0</m:FirstMatchingRowIndex><m:FirstLoadedRowIndex>${start}</m:FirstLoadedRowIndex>`
  return soapAnswer(
    OPERATION,
    `<m:FindPeopleResponse ResponseClass="Success" ${RESPONSE_NAMESPACES}>${content}</m:FindPeopleResponse>`,
  )
}

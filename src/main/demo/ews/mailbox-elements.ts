import type { DemoPerson } from '../demo-types.ts'
import { escapeXml, optionalElement, textElement } from '../http/xml.ts'

/** Distribution lists are `PublicDL`; everything else that the demo has is a mailbox. */
export function mailboxTypeOf(person: DemoPerson): string {
  return person.kind === 'list' ? 'PublicDL' : 'Mailbox'
}

/** The content of a `t:Mailbox` or `t:EmailAddress` element. @see MS-OXWSCDATA, EmailAddressType */
export function emailAddressContent(person: DemoPerson): string {
  return [
    textElement('t:Name', person.displayName),
    textElement('t:EmailAddress', person.address),
    textElement('t:RoutingType', 'SMTP'),
    textElement('t:MailboxType', mailboxTypeOf(person)),
  ].join('')
}

function phoneEntry(key: string, number: string): string {
  return number === '' ? '' : `<t:Entry Key="${key}">${escapeXml(number)}</t:Entry>`
}

/** How much of a contact is told. @see MS-OXWSCDATA, DefaultShapeNamesType */
export type ContactShape = 'IdOnly' | 'Default' | 'AllProperties'

/**
 * A directory entry as `t:Contact`, its elements in the schema's order.
 * @param thumbnail the directory picture, told with AllProperties only
 * @see MS-OXWSCONT, ContactItemType
 */
export function contactElement(person: DemoPerson, shape: ContactShape, thumbnail: Uint8Array | null): string {
  if (shape === 'IdOnly') return `<t:Contact>${textElement('t:DisplayName', person.displayName)}</t:Contact>`
  const isAll = shape === 'AllProperties'
  const phones = person.phones.map(({ label, number }) => phoneEntry(label, number)).join('')
  const managerMailbox =
    person.managerAddress === ''
      ? ''
      : `<t:ManagerMailbox><t:Mailbox>${textElement('t:Name', person.manager)}${textElement('t:EmailAddress', person.managerAddress)}<t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType></t:Mailbox></t:ManagerMailbox>`
  return [
    '<t:Contact>',
    textElement('t:DisplayName', person.displayName),
    optionalElement('t:GivenName', person.givenName),
    optionalElement('t:CompanyName', person.company),
    `<t:EmailAddresses><t:Entry Key="EmailAddress1">${escapeXml(`SMTP:${person.address}`)}</t:Entry></t:EmailAddresses>`,
    phones === '' ? '' : `<t:PhoneNumbers>${phones}</t:PhoneNumbers>`,
    '<t:ContactSource>ActiveDirectory</t:ContactSource>',
    optionalElement('t:Department', person.department),
    optionalElement('t:JobTitle', person.title),
    optionalElement('t:Manager', person.manager),
    optionalElement('t:OfficeLocation', person.office),
    optionalElement('t:Surname', person.surname),
    isAll ? `<t:HasPicture>${thumbnail !== null}</t:HasPicture>` : '',
    isAll ? textElement('t:Alias', person.alias) : '',
    isAll && thumbnail !== null ? textElement('t:Photo', Buffer.from(thumbnail).toString('base64')) : '',
    isAll ? managerMailbox : '',
    '</t:Contact>',
  ].join('')
}

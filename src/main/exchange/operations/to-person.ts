import type { MailboxKind, Person } from '../../../shared/people.ts'
import { parseSmtpAddress, type SmtpAddress } from '../../../shared/smtp-address.ts'
import { childOf, childrenOf, childText, type XmlElement } from '../soap/parse-xml.ts'

/** MailboxType of the directory as a kind. @see MS-OXWSCDATA 2.2.5.20 (MailboxTypeType) */
const KINDS: Readonly<Record<string, MailboxKind>> = {
  Mailbox: 'person',
  PublicDL: 'list',
  PrivateDL: 'list',
  Contact: 'contact',
  GroupMailbox: 'other',
  PublicFolder: 'other',
  OneOff: 'other',
  Unknown: 'other',
}

/** Words for the phone numbers of a directory entry. @see MS-OXWSCONT 2.2.5.5 (PhoneNumberKeyType) */
const PHONE_LABELS: Readonly<Record<string, string>> = {
  BusinessPhone: 'Work',
  BusinessPhone2: 'Work 2',
  BusinessFax: 'Work fax',
  MobilePhone: 'Mobile',
  HomePhone: 'Home',
  HomePhone2: 'Home 2',
  AssistantPhone: 'Assistant',
  Pager: 'Pager',
  OtherTelephone: 'Other',
}

/**
 * A directory entry. Null when it has no SMTP address: there is nothing to ask a photo with.
 * @param contact the full contact data, where the operation gives it
 */
export function toPerson(mailbox: XmlElement | null, contact: XmlElement | null): Person | null {
  const address = smtpOf(mailbox, contact)
  if (address === null) return null
  return {
    address,
    displayName: childText(contact, 'DisplayName') || childText(mailbox, 'Name') || address,
    givenName: childText(contact, 'GivenName'),
    surname: childText(contact, 'Surname'),
    alias: childText(contact, 'Alias'),
    title: childText(contact, 'JobTitle'),
    department: childText(contact, 'Department'),
    office: childText(contact, 'OfficeLocation'),
    company: childText(contact, 'CompanyName'),
    manager: managerOf(contact),
    phones: phonesOf(contact),
    kind: kindOf(mailbox, contact),
  }
}

/** The mailbox's own address when its routing type is SMTP; otherwise the contact's entry marked so (protocol.md 0.7). */
function smtpOf(mailbox: XmlElement | null, contact: XmlElement | null): SmtpAddress | null {
  const routing = childText(mailbox, 'RoutingType').toUpperCase()
  const own = parseSmtpAddress(childText(mailbox, 'EmailAddress'))
  if (own !== null && (routing === 'SMTP' || routing === '')) return own
  const entries = childrenOf(childOf(contact, 'EmailAddresses'), 'Entry').map((entry) => entry.text.trim())
  const marked = entries.filter((text) => /^smtp:/i.test(text)).map((text) => text.slice('smtp:'.length))
  return marked.map(parseSmtpAddress).find((address) => address !== null) ?? null
}

function managerOf(contact: XmlElement | null): string {
  return childText(contact, 'Manager') || childText(childOf(childOf(contact, 'ManagerMailbox'), 'Mailbox'), 'Name')
}

function phonesOf(contact: XmlElement | null): Person['phones'] {
  return childrenOf(childOf(contact, 'PhoneNumbers'), 'Entry').flatMap((entry) => {
    const key = entry.attributes['Key'] ?? ''
    const number = entry.text.trim()
    return number === '' ? [] : [{ label: PHONE_LABELS[key] ?? key, number }]
  })
}

/**
 * The kind of mailbox. EWS calls rooms, equipment and shared mailboxes plain `Mailbox`: a nameless one counts as a person
 * here until another source (GetRooms) knows better.
 */
function kindOf(mailbox: XmlElement | null, contact: XmlElement | null): MailboxKind {
  const type = childText(mailbox, 'MailboxType')
  if (type === '') return contact === null ? 'other' : 'person'
  return KINDS[type] ?? 'other'
}

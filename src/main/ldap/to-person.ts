import type { Entry } from 'ldapts'
import type { MailboxKind, Person } from '../../shared/people.ts'
import { parseSmtpAddress, type SmtpAddress } from '../../shared/smtp-address.ts'
import { textOf, textsOf } from './attribute-values.ts'

/** Attributes of phone numbers, and the words for them. */
const PHONES = {
  telephoneNumber: 'Work',
  otherTelephone: 'Work 2',
  facsimileTelephoneNumber: 'Work fax',
  mobile: 'Mobile',
  homePhone: 'Home',
  pager: 'Pager',
} as const

/** Where the addresses of an entry are. */
export const ADDRESS_ATTRIBUTES = ['mail', 'proxyAddresses'] as const

/** Everything that a person is made of. */
export const PERSON_ATTRIBUTES: readonly string[] = [
  ...ADDRESS_ATTRIBUTES,
  ...['objectClass', 'displayName', 'cn', 'givenName', 'sn', 'mailNickname', 'title', 'department'],
  ...['physicalDeliveryOfficeName', 'company', 'manager'],
  ...['msExchHideFromAddressLists', 'msExchRecipientTypeDetails'],
  ...Object.keys(PHONES),
]

/**
 * What `msExchRecipientTypeDetails` says, for mailboxes here and for those in the cloud. What is missing counts as a person.
 * @see Exchange's RecipientTypeDetails
 */
const KINDS: Readonly<Record<string, MailboxKind>> = {
  4: 'shared',
  16: 'room',
  32: 'equipment',
  64: 'contact',
  8589934592: 'room',
  17179869184: 'equipment',
  34359738368: 'shared',
}

/** Phone numbers of one entry, at most. */
const MAX_PHONES = 10

/** Whether an administrator hid the entry from address lists. */
export function isHidden(entry: Entry): boolean {
  return textOf(entry, 'msExchHideFromAddressLists').toUpperCase() === 'TRUE'
}

/** The primary address: `SMTP:` in capitals among the proxy addresses, else the entry's mail address. */
export function addressOf(entry: Entry): SmtpAddress | null {
  const primary = textsOf(entry, 'proxyAddresses').find((text) => text.startsWith('SMTP:'))
  return (
    (primary === undefined ? null : parseSmtpAddress(primary.slice('SMTP:'.length))) ??
    parseSmtpAddress(textOf(entry, 'mail'))
  )
}

/** A directory entry as a person. Null when it has no address: there is nothing to ask a photo with. */
export function toPerson(entry: Entry): Person | null {
  const address = addressOf(entry)
  if (address === null) return null
  return {
    address,
    displayName: textOf(entry, 'displayName') || textOf(entry, 'cn') || address,
    givenName: textOf(entry, 'givenName'),
    surname: textOf(entry, 'sn'),
    alias: textOf(entry, 'mailNickname'),
    title: textOf(entry, 'title'),
    department: textOf(entry, 'department'),
    office: textOf(entry, 'physicalDeliveryOfficeName'),
    company: textOf(entry, 'company'),
    manager: nameIn(textOf(entry, 'manager')),
    phones: phonesOf(entry),
    kind: kindOf(entry),
  }
}

function phonesOf(entry: Entry): Person['phones'] {
  return Object.entries(PHONES)
    .flatMap(([attribute, label]) => textsOf(entry, attribute, 100).map((number) => ({ label, number: number.trim() })))
    .filter(({ number }) => number !== '')
    .slice(0, MAX_PHONES)
}

function kindOf(entry: Entry): MailboxKind {
  const told = KINDS[textOf(entry, 'msExchRecipientTypeDetails')]
  if (told !== undefined) return told
  const classes = textsOf(entry, 'objectClass').map((name) => name.toLowerCase())
  return classes.includes('contact') ? 'contact' : 'person'
}

/** The name in a distinguished name: `CN=Berg\, Anna,OU=…` is `Berg, Anna`. @see RFC 4514 */
function nameIn(distinguishedName: string): string {
  const value = /^[^=,]+=((?:\\.|[^\\,+])*)/.exec(distinguishedName)?.[1] ?? ''
  const bytes = value.replace(/(?:\\[0-9A-Fa-f]{2})+/g, (hex) =>
    Buffer.from(hex.replaceAll('\\', ''), 'hex').toString(),
  )
  return bytes.replace(/\\(.)/g, '$1')
}

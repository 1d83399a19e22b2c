import type { Person } from '../../../shared/people.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'

/** Somebody of whom only the address is known: an address from a list that the directory has not told about. */
export function unknownPerson(address: SmtpAddress): Person {
  return {
    address,
    displayName: '',
    givenName: '',
    surname: '',
    alias: '',
    title: '',
    department: '',
    office: '',
    company: '',
    manager: '',
    phones: [],
    kind: 'other',
  }
}

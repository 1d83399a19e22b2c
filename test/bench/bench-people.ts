import { faker } from '@faker-js/faker'
import type { Person } from '../../src/shared/people.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'

/** Somebody in the bench's directory. */
export type BenchPerson = Person

const LETTERS = ['', '', 'Å', 'Ø', 'é', 'ü'] as const

/** A made-up directory; the same count gives the same people. */
export function synthesizePeople(count: number): BenchPerson[] {
  faker.seed(1)
  const departments = Array.from({ length: 120 }, () => faker.commerce.department())
  const offices = Array.from({ length: 60 }, () => faker.location.city())
  return Array.from({ length: count }, (_, index) => {
    const givenName = faker.person.firstName()
    const surname = `${LETTERS[index % LETTERS.length] ?? ''}${faker.person.lastName()}`
    const alias = `${givenName}.${surname}${index}`.toLowerCase().replace(/[^a-z0-9.]/g, '')
    return {
      address: smtpAddressSchema.parse(`${alias}@example.com`),
      displayName: `${givenName} ${surname}`,
      givenName,
      surname,
      alias,
      title: faker.person.jobTitle(),
      department: departments[index % departments.length] ?? '',
      office: offices[index % offices.length] ?? '',
      company: 'Example',
      manager: '',
      phones: [],
      kind: 'person',
    }
  })
}

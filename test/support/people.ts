import type { Person, PhotoSummary } from '../../src/shared/people.ts'
import { type SmtpAddress, smtpAddressSchema } from '../../src/shared/smtp-address.ts'

/** An address, checked. */
export function address(text: string): SmtpAddress {
  return smtpAddressSchema.parse(text)
}

/** A person with nothing but a name, and what a test says. */
export function somePerson(displayName: string, facts: Partial<Person> = {}): Person {
  const [givenName = '', ...rest] = displayName.split(' ')
  const local = displayName.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '.')
  return {
    address: address(`${local === '' || local === '.' ? 'someone' : local}@fjordline.example`),
    displayName,
    givenName,
    surname: rest.join(' '),
    alias: '',
    title: '',
    department: '',
    office: '',
    company: '',
    manager: '',
    phones: [],
    kind: 'person',
    ...facts,
  }
}

/** A photo in short. `px` is the side of the tile's picture; null: none to show. */
export function someSummary(
  state: PhotoSummary['state'],
  px: number | null,
  findings: PhotoSummary['findings'] = [],
): PhotoSummary {
  const tile =
    px === null
      ? null
      : {
          sizeCode: 'HR240x240' as const,
          contentHash: 'ab'.repeat(32),
          widthPx: px,
          heightPx: Math.max(1, px - 1),
          bytes: px * 10,
          changedMs: px * 1000,
          isReplacement: false,
        }
  return { state, tile, findings }
}

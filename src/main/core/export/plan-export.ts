import type { Person } from '../../../shared/people.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { createNameGiver } from './file-names.ts'

/** One person of an export and the file's name, without the extension: that is known when the bytes are. */
export interface ExportItem {
  readonly address: SmtpAddress
  readonly stem: string
}

/** Whose name a file gets; an address alone will do for somebody the directory has not told about. */
export type NamedPerson = Pick<Person, 'address'> & Partial<Pick<Person, 'displayName' | 'alias'>>

/**
 * Who is exported under which name, in the order given. Pure: the same people and the same folder give the same plan.
 * @param takenFiles files that are in the target already; they are never overwritten, the new ones are numbered
 */
export function planExport(people: Iterable<NamedPerson>, takenFiles: Iterable<string>): ExportItem[] {
  const names = createNameGiver(takenFiles)
  return Array.from(people, ({ address, displayName = '', alias = '' }) => ({
    address,
    stem: names.give([displayName, alias, address.slice(0, address.lastIndexOf('@')), address]),
  }))
}

import type { PeopleQuery, Scope } from '../../../shared/people.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'

/** Who is selected: a list, or everybody whom a query finds less some. The second costs nothing at 100,000 people. */
export type Selection =
  | { readonly kind: 'addresses'; readonly addresses: ReadonlySet<SmtpAddress> }
  | { readonly kind: 'query'; readonly query: PeopleQuery; readonly except: ReadonlySet<SmtpAddress> }

/** Nobody. */
export const EMPTY_SELECTION: Selection = { kind: 'addresses', addresses: new Set() }

/** Exactly these. */
export function selectAddresses(addresses: Iterable<SmtpAddress>): Selection {
  return { kind: 'addresses', addresses: new Set(addresses) }
}

/** Everybody whom the query finds, also those who come later. */
export function selectQuery(query: PeopleQuery): Selection {
  return { kind: 'query', query, except: new Set() }
}

/** Whether somebody who is shown is selected. A `query` selection is taken to be of the query that is shown. */
export function isSelected(selection: Selection, address: SmtpAddress): boolean {
  return selection.kind === 'addresses' ? selection.addresses.has(address) : !selection.except.has(address)
}

function toggled(set: ReadonlySet<SmtpAddress>, address: SmtpAddress): ReadonlySet<SmtpAddress> {
  const next = new Set(set)
  if (!next.delete(address)) next.add(address)
  return next
}

/** The selection with one person's part in it turned round. */
export function toggle(selection: Selection, address: SmtpAddress): Selection {
  return selection.kind === 'addresses'
    ? { kind: 'addresses', addresses: toggled(selection.addresses, address) }
    : { ...selection, except: toggled(selection.except, address) }
}

/** The selection and these. */
export function withAddresses(selection: Selection, addresses: Iterable<SmtpAddress>): Selection {
  if (selection.kind === 'addresses') return selectAddresses([...selection.addresses, ...addresses])
  const except = new Set(selection.except)
  for (const address of addresses) except.delete(address)
  return { ...selection, except }
}

/**
 * Everybody of the query that is shown who is not selected.
 * @param found those of a selected list whom the query finds; of no concern to a `query` selection
 */
export function invert(selection: Selection, query: PeopleQuery, found: readonly SmtpAddress[]): Selection {
  if (selection.kind === 'query') return selectAddresses(selection.except)
  return { kind: 'query', query, except: new Set(found) }
}

/** How many are selected, of `total` whom the shown query finds. */
export function countSelected(selection: Selection, total: number): number {
  return selection.kind === 'addresses' ? selection.addresses.size : Math.max(0, total - selection.except.size)
}

/** The selection as a job takes it. */
export function toScope(selection: Selection): Scope {
  return selection.kind === 'addresses'
    ? { of: { kind: 'addresses', addresses: [...selection.addresses] }, except: [] }
    : { of: { kind: 'query', query: selection.query }, except: [...selection.except] }
}

import { NO_FILTER, type Scope } from '../../shared/people.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { PeopleIndex } from '../core/people/people-index.ts'

/** The addresses that a scope means, each once: in the query's order, by name for everybody, lists as given. */
export function resolveScope(index: PeopleIndex, scope: Scope): SmtpAddress[] {
  const addresses = listAddresses(index, scope.of)
  if (scope.except.length === 0) return addresses
  const excluded = new Set(scope.except)
  return addresses.filter((address) => !excluded.has(address))
}

function listAddresses(index: PeopleIndex, of: Scope['of']): SmtpAddress[] {
  switch (of.kind) {
    // The index has everybody once: looking again would take as long as listing them.
    case 'all':
      return index.addresses({ text: '', filter: NO_FILTER, sort: 'name' })
    case 'query':
      return index.addresses(of.query)
    case 'addresses':
      return [...new Set(of.addresses)]
  }
}

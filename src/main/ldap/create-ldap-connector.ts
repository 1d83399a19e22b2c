import type { LdapConnector, SecureDialler } from '../core/ldap/ports.ts'
import { readConnectionPoints } from './read-connection-points.ts'
import { readPeople } from './read-people.ts'

/**
 * The adapter to LDAP directories, Active Directory above all.
 * @param dialler opens its connections: what is trusted is decided in one place
 */
export function createLdapConnector(dialler: SecureDialler): LdapConnector {
  return {
    readConnectionPoints: (target, signal) => readConnectionPoints(dialler, target, signal),
    readPeople: (target, options, signal) => readPeople(dialler, target, options, signal),
  }
}

import { ldapOrigin } from '../../shared/ldap.ts'
import type { JobContext, JobEnd } from '../core/jobs/ports.ts'
import type { LdapConnector } from '../core/ldap/ports.ts'
import type { Clock } from '../core/ports.ts'
import type { OpenedAccount } from './account-session.ts'
import type { LdapAccess } from './ldap-access.ts'
import { savePeople } from './save-people.ts'

export interface LdapReadingDeps {
  readonly ldap: LdapConnector
  readonly access: LdapAccess
  readonly clock: Clock
}

/** Reads everybody and their thumbnails from the account's LDAP server. What was read before a failure is kept. */
export async function readFromLdap(
  { ldap, access, clock }: LdapReadingDeps,
  session: OpenedAccount,
  { signal, advance, setTotal, pause }: JobContext,
): Promise<JobEnd> {
  const target = await access.target(session.account.address)
  if (!target.ok) return { error: target.error }
  const seen = new Set<string>()
  let requests = 0
  for await (const page of ldap.readPeople(target.value, target.value, signal)) {
    if (page.kind === 'failed') {
      session.teller.flush()
      return { error: page.error }
    }
    requests += 1
    if (page.people.length > 0) savePeople(session, page.people, clock)
    await session.keepThumbnails(page.thumbnails)
    const before = seen.size
    for (const { address } of page.people) seen.add(address)
    advance(seen.size - before)
    await pause.whenResumed()
    if (signal.aborted) return { error: { code: 'cancelled' } }
  }
  session.teller.flush()
  if (seen.size === 0) {
    const detail = 'nobody with a mail address is below its base'
    const endpoint = ldapOrigin(target.value.server)
    return { error: { code: 'unexpected-answer', endpoint, status: null, detail } }
  }
  setTotal(seen.size)
  const people = session.people.count()
  session.people.saveDirectoryState({ isComplete: true, requests, endedMs: clock.nowMs() })
  return { result: { kind: 'read-directory', people, requests, isComplete: true } }
}

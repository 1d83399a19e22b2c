import type { Person } from '../../shared/people.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { Clock } from '../core/ports.ts'
import type { OpenedAccount } from './account-session.ts'
import { savePeople } from './save-people.ts'

const NEVER = new AbortController().signal

/**
 * Fills in what pages of FindPeople and members of lists lack (the alias above all), behind whoever opened the person: one
 * ResolveNames about that address, at most once in a run. What cannot be had now stays as it is.
 */
export function createPeopleCompleter(clock: Clock): (session: OpenedAccount, person: Person) => void {
  const asked = new WeakMap<OpenedAccount, Set<SmtpAddress>>()

  async function complete(session: OpenedAccount, { address }: Person): Promise<void> {
    const answer = await session.directoryNow.resolveNames(`smtp:${address}`, NEVER)
    if (answer.kind !== 'people') return
    const same = answer.people.filter((other) => other.address === address && other.alias !== '')
    if (same.length === 0) return
    savePeople(session, same, clock)
    session.teller.flush()
  }

  return (session, person) => {
    if (person.alias !== '' || session.status().state !== 'online') return
    const known = asked.get(session) ?? new Set()
    asked.set(session, known)
    if (known.has(person.address)) return
    known.add(person.address)
    void complete(session, person)
  }
}

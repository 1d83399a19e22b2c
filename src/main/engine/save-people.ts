import type { Person } from '../../shared/people.ts'
import type { Clock } from '../core/ports.ts'
import type { OpenedAccount } from './account-session.ts'

/** Adds people to the library and the index. Answers how many are new. */
export function savePeople(session: OpenedAccount, people: readonly Person[], clock: Clock): number {
  const { added } = session.people.save(people, clock.nowMs())
  session.index.upsert(keptOf(session, people))
  session.teller.peopleChanged()
  return added
}

/** As the library keeps them: a richer entry that was known before is not lost to an emptier one. */
function keptOf(session: OpenedAccount, people: readonly Person[]): Person[] {
  return people.map((person) => session.people.find(person.address) ?? person)
}

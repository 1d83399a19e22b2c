import type { ListExpansion } from '../../shared/contract/people.ts'
import type { ListMatch } from '../../shared/people.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { expandDistributionList } from '../core/people/expand-distribution-list.ts'
import { matchPeopleList } from '../core/people/match-people-list.ts'
import { parsePeopleList } from '../core/people/parse-people-list.ts'
import type { Clock } from '../core/ports.ts'
import type { OpenedAccount } from './account-session.ts'
import { savePeople } from './save-people.ts'

/** Finds whom a pasted list or a CSV means, and keeps the people whom the server told of. Offline only the known are found. */
export async function matchList(
  session: OpenedAccount,
  text: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<Result<ListMatch>> {
  const entries = parsePeopleList(text)
  if (!entries.ok) return entries
  const isOnline = session.status().state === 'online'
  const match = await matchPeopleList({
    entries: entries.value,
    known: session.people,
    source: isOnline ? session.directoryNow : null,
    signal,
    onPeople: (people) => savePeople(session, people, clock),
  })
  session.teller.flush()
  return match
}

/** Expands a distribution list and keeps its members. */
export async function expandList(
  session: OpenedAccount,
  address: SmtpAddress,
  clock: Clock,
  signal: AbortSignal,
): Promise<Result<ListExpansion>> {
  const expanded = await expandDistributionList(session.directoryNow, address, signal)
  if (!expanded.ok) return expanded
  const { people, lists, unread, isComplete } = expanded.value
  if (people.length > 0) savePeople(session, people, clock)
  session.teller.flush()
  return ok({
    addresses: people.map((person) => person.address),
    lists: lists.length,
    unread: unread.map((one) => one.address),
    isComplete,
  })
}

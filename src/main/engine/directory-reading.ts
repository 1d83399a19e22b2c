import type { JobId } from '../../shared/jobs.ts'
import type { Result } from '../../shared/result.ts'
import { fail, ok } from '../../shared/result.ts'
import type { JobContext, JobEnd, JobPause, JobRunner } from '../core/jobs/ports.ts'
import type { DirectorySource } from '../core/people/ports.ts'
import type { ReadDirectoryOptions } from '../core/people/read-directory.ts'
import { readRooms } from '../core/people/read-rooms.ts'
import { readWholeDirectory } from '../core/people/read-whole-directory.ts'
import type { Clock } from '../core/ports.ts'
import type { OpenedAccount } from './account-session.ts'
import { type LdapReadingDeps, readFromLdap } from './ldap-reading.ts'
import { savePeople } from './save-people.ts'

/** An estimate of the whole is shown once this part of the directory has been read. */
const ESTIMATE_FROM = 0.02

/** Asks the server for people of a text, ahead of everything in the background, and keeps them. */
export async function searchServer(session: OpenedAccount, text: string, clock: Clock, signal: AbortSignal) {
  const answer = await session.directoryNow.resolveNames(text, signal)
  if (answer.kind === 'failed') return fail(answer.error)
  const added = savePeople(session, answer.people, clock)
  return ok({ found: answer.people.length, added, isComplete: answer.isComplete }) satisfies Result<unknown>
}

/** Asks nothing while the job is paused. What the source cannot do, it cannot do paused either. */
function pausing(source: DirectorySource, pause: JobPause): DirectorySource {
  const later = <Args extends unknown[], Answer>(ask: (...args: Args) => Promise<Answer>) => {
    return async (...args: Args): Promise<Answer> => {
      await pause.whenResumed()
      return ask(...args)
    }
  }
  const { findPeople, listRoomLists, listRooms } = source
  return {
    resolveNames: later(source.resolveNames),
    expandList: later(source.expandList),
    ...(findPeople === undefined ? {} : { findPeople: later(findPeople) }),
    ...(listRoomLists === undefined ? {} : { listRoomLists: later(listRoomLists) }),
    ...(listRooms === undefined ? {} : { listRooms: later(listRooms) }),
  }
}

/** The one job that reads the whole directory of an account; asked for again while it runs, it is the same. */
export function createDirectoryReading(jobs: JobRunner, deps: LdapReadingDeps, concurrency: () => number) {
  const { clock } = deps
  const running = new Map<OpenedAccount, JobId>()

  async function read(session: OpenedAccount, context: JobContext): Promise<JobEnd> {
    const seen = new Set<string>()
    const options: ReadDirectoryOptions = {
      source: pausing(session.directory, context.pause),
      signal: context.signal,
      concurrency: concurrency(),
      onPeople: (people) => {
        savePeople(session, people, clock)
        const fresh = people.filter((person) => !seen.has(person.address))
        for (const person of fresh) seen.add(person.address)
        context.advance(fresh.length)
      },
      onProgress: ({ people, fractionDone }) => {
        if (fractionDone >= ESTIMATE_FROM) context.setTotal(Math.max(people, Math.round(people / fractionDone)))
      },
    }
    const end = await readWholeDirectory(options)
    session.teller.flush()
    if (end.kind === 'failed') return { error: end.error }
    if (end.kind === 'cancelled') return { error: { code: 'cancelled' } }
    const { rooms, requests: roomRequests } = await readRooms(session.directory, context.signal)
    if (context.signal.aborted) return { error: { code: 'cancelled' } }
    if (rooms.length > 0) savePeople(session, rooms, clock)
    session.teller.flush()
    const { isComplete } = end
    const requests = end.requests + roomRequests
    const people = session.people.count()
    context.setTotal(people)
    session.people.saveDirectoryState({ isComplete, requests, endedMs: clock.nowMs() })
    return { result: { kind: 'read-directory', people, requests, isComplete } }
  }

  return {
    start(session: OpenedAccount, from: 'exchange' | 'ldap' = 'exchange'): JobId {
      const known = running.get(session)
      if (known !== undefined) return known
      const id = jobs.start('read-directory', async (context) => {
        try {
          return await (from === 'ldap' ? readFromLdap(deps, session, context) : read(session, context))
        } finally {
          running.delete(session)
        }
      })
      running.set(session, id)
      return id
    },
  }
}

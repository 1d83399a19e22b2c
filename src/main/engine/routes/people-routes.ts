import type { DirectoryStatus } from '../../../shared/contract/people.ts'
import type { OpenedAccount } from '../account-session.ts'
import { AppFailure, unwrap } from '../app-failure.ts'
import { searchServer } from '../directory-reading.ts'
import { isBesideOpening, isEverybody } from '../opening-screen.ts'
import { expandList, matchList } from '../people-lists.ts'
import { indexed, os } from './base.ts'

const NEVER = new AbortController().signal

export const peopleRoutes = os.people.router({
  search: os.people.search.handler(async ({ context, input }) => {
    const { index, opening, filling } = unwrap(context.services().session())
    opening.note(input)
    const shownBefore = filling.isWhole() ? null : opening.recall(input)
    if (shownBefore !== null) return shownBefore
    await (isBesideOpening(input) ? filling.whenRested() : filling.whenFilled())
    return index.window(input.query, input.offset, input.limit)
  }),
  countChips: os.people.countChips.handler(async ({ context, input: { query } }) => {
    const { index, filling } = unwrap(context.services().session())
    await (isEverybody(query) ? filling.whenRested() : filling.whenFilled())
    return index.countChips(query)
  }),
  listAddresses: indexed.people.listAddresses.handler(({ context, input }) =>
    unwrap(context.services().session()).index.addresses(input.query, input.among),
  ),
  findPosition: indexed.people.findPosition.handler(({ context, input }) =>
    unwrap(context.services().session()).index.position(input.query, input.address),
  ),
  findByName: indexed.people.findByName.handler(({ context, input }) =>
    unwrap(context.services().session()).index.findByName(input.query, input.text, input.after),
  ),
  read: indexed.people.read.handler(({ context, input }) => {
    const services = context.services()
    const session = unwrap(services.session())
    const person = session.people.find(input.address)
    if (person === null) throw new AppFailure({ code: 'unknown-person', address: input.address })
    services.completePerson(session, person)
    return person
  }),
  searchServer: indexed.people.searchServer.handler(async ({ context, input, signal }) => {
    const services = context.services()
    const session = unwrap(services.session())
    return unwrap(await searchServer(session, input.text, services.parts.clock, signal ?? NEVER))
  }),
  matchList: indexed.people.matchList.handler(async ({ context, input, signal }) => {
    const services = context.services()
    const session = unwrap(services.session())
    return unwrap(await matchList(session, input.text, services.parts.clock, signal ?? NEVER))
  }),
  expandList: indexed.people.expandList.handler(async ({ context, input, signal }) => {
    const services = context.services()
    const session = unwrap(services.session())
    return unwrap(await expandList(session, input.address, services.parts.clock, signal ?? NEVER))
  }),
  readDirectoryStatus: os.people.readDirectoryStatus.handler(({ context }) =>
    describeDirectory(unwrap(context.services().session())),
  ),
  startReadDirectory: indexed.people.startReadDirectory.handler(({ context, input }) => {
    const services = context.services()
    return services.directory.start(unwrap(services.session()), input?.from ?? 'exchange')
  }),
})

function describeDirectory({ people }: OpenedAccount): DirectoryStatus {
  const read = people.readDirectoryState()
  const state = read === null ? 'never-read' : read.isComplete ? 'complete' : 'partial'
  return { state, people: people.count(), readMs: read?.endedMs ?? null }
}

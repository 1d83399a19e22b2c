import type { Person } from '../../../shared/people.ts'
import { askPatiently } from './ask-patiently.ts'
import type { DirectoryAnswer, DirectorySource } from './ports.ts'
import { workAtMost } from './work-at-most.ts'

/** Lists of rooms asked for at the same time. */
const LISTS_AT_ONCE = 4

/**
 * The rooms of all lists of rooms. ResolveNames calls them plain mailboxes, so this is how they are told from people. Rooms in
 * no list stay unknown; a list that cannot be read, and a server without lists, bring none.
 * @see protocol.md 3.3; F18
 */
export async function readRooms(
  source: DirectorySource,
  signal: AbortSignal,
): Promise<{ readonly rooms: Person[]; readonly requests: number }> {
  let requests = 0
  const ask = (question: () => Promise<DirectoryAnswer> | undefined) =>
    askPatiently(async () => {
      requests += 1
      return (await question()) ?? { kind: 'people', people: [], isComplete: true }
    }, signal)
  const rooms = new Map<string, Person>()
  const lists = await ask(() => source.listRoomLists?.(signal))
  if (lists.kind === 'failed') return { rooms: [], requests }
  await workAtMost(lists.people, LISTS_AT_ONCE, async (list) => {
    const answer = await ask(() => source.listRooms?.(list.address, signal))
    if (answer.kind === 'people') for (const room of answer.people) rooms.set(room.address, room)
  })
  return { rooms: [...rooms.values()], requests }
}

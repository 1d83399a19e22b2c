import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { DirectoryAnswer } from '../../core/people/ports.ts'
import { buildEwsEnvelope, escapeXml } from '../soap/build-envelope.ts'
import { childOf, childrenOf } from '../soap/parse-xml.ts'
import { type EwsContext, readEwsAnswer } from '../soap/read-ews-answer.ts'
import { toPerson } from './to-person.ts'

/** SOAPAction of GetRoomLists. */
export const GET_ROOM_LISTS_ACTION = 'http://schemas.microsoft.com/exchange/services/2006/messages/GetRoomLists'
/** SOAPAction of GetRooms. */
export const GET_ROOMS_ACTION = 'http://schemas.microsoft.com/exchange/services/2006/messages/GetRooms'

/** Asks for the lists of rooms that an administrator has made. @see MS-OXWSGTRM 3.1.4.1 */
export function buildGetRoomLists(serverVersion: string): string {
  return buildEwsEnvelope(serverVersion, '<m:GetRoomLists/>')
}

/** Asks for the rooms of a list. @see MS-OXWSGTRM 3.1.4.2 */
export function buildGetRooms(serverVersion: string, list: SmtpAddress): string {
  return buildEwsEnvelope(
    serverVersion,
    `<m:GetRooms><m:RoomList><t:EmailAddress>${escapeXml(list)}</t:EmailAddress></m:RoomList></m:GetRooms>`,
  )
}

/** Reads the lists; they are lists, not rooms. */
export function readGetRoomLists(context: EwsContext): DirectoryAnswer {
  const answer = readEwsAnswer(context, 'GetRoomListsResponse', ['NoError'])
  if (!answer.ok) return { kind: 'failed', error: answer.error }
  const lists = childrenOf(childOf(answer.value, 'RoomLists'), 'Address').flatMap((one) => toPerson(one, null) ?? [])
  return { kind: 'people', people: lists.map((list) => ({ ...list, kind: 'list' })), isComplete: true }
}

/** Reads the rooms. Elsewhere EWS calls them plain mailboxes. */
export function readGetRooms(context: EwsContext): DirectoryAnswer {
  const answer = readEwsAnswer(context, 'GetRoomsResponse', ['NoError'])
  if (!answer.ok) return { kind: 'failed', error: answer.error }
  const rooms = childrenOf(childOf(answer.value, 'Rooms'), 'Room').flatMap(
    (room) => toPerson(childOf(room, 'Id'), null) ?? [],
  )
  return { kind: 'people', people: rooms.map((room) => ({ ...room, kind: 'room' })), isComplete: true }
}

import type { DemoPerson } from '../demo-types.ts'
import { NS } from '../http/namespaces.ts'
import { childOf, textAt, textElement } from '../http/xml.ts'
import { DEMO_DOMAIN } from '../organisation/company.ts'
import { RESPONSE_NAMESPACES, soapAnswer, soapFault } from './envelope.ts'
import type { EwsOperation, EwsWorld } from './ews-operation.ts'
import { emailAddressContent } from './mailbox-elements.ts'

function response(name: string, content: string): string {
  return `<m:${name}Response ResponseClass="Success" ${RESPONSE_NAMESPACES}><m:ResponseCode>NoError</m:ResponseCode>${content}</m:${name}Response>`
}

/** Rooms by the address of their list: one list an office. */
function roomLists(world: EwsWorld): Map<string, DemoPerson[]> {
  const lists = new Map<string, DemoPerson[]>()
  for (const person of world.people) {
    if (person.kind !== 'room') continue
    const office = person.alias.split('.')[1] ?? ''
    const address = `rooms.${office}@${DEMO_DOMAIN}`
    lists.set(address, [...(lists.get(address) ?? []), person])
  }
  return lists
}

/** The lists of rooms, one an office. @see MS-OXWSGTRM 3.1.4.1 */
export const getRoomLists: EwsOperation = (_, world) => {
  const addresses = [...roomLists(world)].map(
    ([address, rooms]) =>
      `<t:Address>${textElement('t:Name', `Rooms ${rooms[0]?.office ?? ''}`)}${textElement('t:EmailAddress', address)}<t:RoutingType>SMTP</t:RoutingType><t:MailboxType>PublicDL</t:MailboxType></t:Address>`,
  )
  return soapAnswer('GetRoomLists', response('GetRoomLists', `<m:RoomLists>${addresses.join('')}</m:RoomLists>`))
}

/** The rooms of one list. @see MS-OXWSGTRM 3.1.4.2 */
export const getRooms: EwsOperation = ({ element }, world) => {
  const asked = textAt(childOf(element, NS.messages, 'RoomList'), NS.types, 'EmailAddress')?.toLowerCase()
  if (!asked) return soapFault('GetRooms', 'ErrorSchemaValidation', 'The request failed schema validation.')
  const rooms = roomLists(world).get(asked) ?? []
  const content = rooms.map((room) => `<t:Room><t:Id>${emailAddressContent(room)}</t:Id></t:Room>`).join('')
  return { ...soapAnswer('GetRooms', response('GetRooms', `<m:Rooms>${content}</m:Rooms>`)), address: asked }
}

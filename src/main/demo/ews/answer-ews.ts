import { type Answer, emptyAnswer, type Question, type Subject } from '../http/answers.ts'
import { NS, SCHEMA_VERSIONS } from '../http/namespaces.ts'
import { childOf, readXml, type XmlElement } from '../http/xml.ts'
import { convertId } from './convert-id.ts'
import { soapFault } from './envelope.ts'
import type { EwsOperation, EwsWorld } from './ews-operation.ts'
import { expandDl } from './expand-dl.ts'
import { findItem } from './find-item.ts'
import { findPeople } from './find-people.ts'
import { getFolder } from './get-folder.ts'
import { getRoomLists, getRooms } from './get-rooms.ts'
import { getUserPhoto } from './get-user-photo.ts'
import { resolveNames } from './resolve-names.ts'

const OPERATIONS: Readonly<Record<string, { since: (typeof SCHEMA_VERSIONS)[number]; run: EwsOperation }>> = {
  ResolveNames: { since: 'Exchange2007', run: resolveNames },
  ExpandDL: { since: 'Exchange2007', run: expandDl },
  FindPeople: { since: 'Exchange2013', run: findPeople },
  ConvertId: { since: 'Exchange2007_SP1', run: convertId },
  FindItem: { since: 'Exchange2007', run: findItem },
  GetFolder: { since: 'Exchange2007', run: getFolder },
  GetRoomLists: { since: 'Exchange2010', run: getRoomLists },
  GetRooms: { since: 'Exchange2010', run: getRooms },
  GetUserPhoto: { since: 'Exchange2013', run: getUserPhoto },
}

/** What the demo can be asked, by name. */
export const DEMO_OPERATIONS: readonly string[] = Object.keys(OPERATIONS)

/** The version a request speaks, as its rank; a request that does not say is one of 2007. Null: no version there is. */
function versionRank(header: XmlElement | null): number | null {
  const element = childOf(header, NS.types, 'RequestServerVersion')
  if (element === null) return 0
  const rank = (SCHEMA_VERSIONS as readonly string[]).indexOf(element.attributes.get('Version') ?? '')
  return rank === -1 ? null : rank
}

/** The element in the SOAP body; null when this is no SOAP. */
function bodyElement(envelope: XmlElement | null): XmlElement | null {
  const isEnvelope = envelope?.namespace === NS.soap && envelope.name === 'Envelope'
  return isEnvelope ? (childOf(envelope, NS.soap, 'Body')?.children[0] ?? null) : null
}

/** Which operation is asked for. */
export function describeEws(question: Question): Subject {
  return { operation: bodyElement(readXml(question.body))?.name ?? 'Unknown' }
}

/**
 * Answers SOAP at Exchange.asmx. Namespaces are those of the schema or the request is refused.
 * @see MS-OXWSCDATA, ResponseCodeType
 */
export async function answerEws(question: Question, world: EwsWorld, caller: string | null): Promise<Answer> {
  if (question.method !== 'POST') return emptyAnswer('Unknown', 405, { allow: 'POST' })
  if (!/^text\/xml\b/i.test(question.contentType)) return emptyAnswer('Unknown', 415)
  const envelope = readXml(question.body)
  const element = bodyElement(envelope)
  if (element === null || element.namespace !== NS.messages) {
    return soapFault('Unknown', 'ErrorSchemaValidation', 'The request failed schema validation.')
  }
  const operation = Object.hasOwn(OPERATIONS, element.name) ? OPERATIONS[element.name] : undefined
  if (operation === undefined) return soapFault(element.name, 'ErrorInvalidRequest', 'The request is invalid.')
  const rank = versionRank(childOf(envelope, NS.soap, 'Header'))
  if (rank === null || rank < SCHEMA_VERSIONS.indexOf(operation.since)) {
    return soapFault(element.name, 'ErrorInvalidServerVersion', 'The specified server version is invalid.')
  }
  return await operation.run({ element, ifNoneMatch: question.ifNoneMatch, caller }, world)
}

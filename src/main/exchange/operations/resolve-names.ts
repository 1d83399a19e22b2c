import type { DirectoryAnswer } from '../../core/people/ports.ts'
import { buildEwsEnvelope, escapeXml } from '../soap/build-envelope.ts'
import { childOf, childrenOf, findElement, type XmlElement } from '../soap/parse-xml.ts'
import { type EwsContext, readEwsAnswer } from '../soap/read-ews-answer.ts'
import { toPerson } from './to-person.ts'

/** SOAPAction of ResolveNames. */
export const RESOLVE_NAMES_ACTION = 'http://schemas.microsoft.com/exchange/services/2006/messages/ResolveNames'

/**
 * Asks the directory for entries that match `text`. The full contact brings department, office, title and phones.
 * @see MS-OXWSRSLNM 3.1.4.1
 */
export function buildResolveNames(serverVersion: string, text: string): string {
  return buildEwsEnvelope(
    serverVersion,
    `<m:ResolveNames ReturnFullContactData="true" SearchScope="ActiveDirectory" ContactDataShape="AllProperties">` +
      `<m:UnresolvedEntry>${escapeXml(text)}</m:UnresolvedEntry></m:ResolveNames>`,
  )
}

/** Response codes that are results, not failures (protocol.md 3.1). */
const RESULT_CODES = ['NoError', 'ErrorNameResolutionMultipleResults', 'ErrorNameResolutionNoResults']

/** Reads the people of an answer. `isComplete` is false when the server cut it off. */
export function readResolveNames(context: EwsContext): DirectoryAnswer {
  const answer = readEwsAnswer(context, 'ResolveNamesResponseMessage', RESULT_CODES)
  if (!answer.ok) return { kind: 'failed', error: answer.error }
  const set = findElement(answer.value, 'ResolutionSet')
  const people = childrenOf(set, 'Resolution').flatMap(
    (resolution) => toPerson(childOf(resolution, 'Mailbox'), childOf(resolution, 'Contact')) ?? [],
  )
  return { kind: 'people', people, isComplete: isWholeSet(set) }
}

/** An absent set is an empty, complete one. */
export function isWholeSet(set: XmlElement | null): boolean {
  return set?.attributes['IncludesLastItemInRange']?.trim().toLowerCase() !== 'false'
}

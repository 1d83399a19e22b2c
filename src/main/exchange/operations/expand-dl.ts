import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { DirectoryAnswer } from '../../core/people/ports.ts'
import { buildEwsEnvelope, escapeXml } from '../soap/build-envelope.ts'
import { childrenOf, childText, findElement } from '../soap/parse-xml.ts'
import { type EwsContext, readEwsAnswer } from '../soap/read-ews-answer.ts'
import { isWholeSet } from './resolve-names.ts'
import { toPerson } from './to-person.ts'

/** SOAPAction of ExpandDL. */
export const EXPAND_DL_ACTION = 'http://schemas.microsoft.com/exchange/services/2006/messages/ExpandDL'

/** Asks for the members of a distribution list, one level deep. @see MS-OXWSDLIST 3.1.4.1 */
export function buildExpandDl(serverVersion: string, address: SmtpAddress): string {
  return buildEwsEnvelope(
    serverVersion,
    `<m:ExpandDL><m:Mailbox><t:EmailAddress>${escapeXml(address)}</t:EmailAddress></m:Mailbox></m:ExpandDL>`,
  )
}

/** Reads the members: name, address and kind only. What is no list here, or is hidden, is `unknown-person`. */
export function readExpandDl(context: EwsContext): DirectoryAnswer {
  const answer = readEwsAnswer(context, 'ExpandDLResponseMessage', ['NoError', 'ErrorNameResolutionNoResults'])
  if (!answer.ok) return { kind: 'failed', error: answer.error }
  if (childText(answer.value, 'ResponseCode') !== 'NoError') {
    return { kind: 'failed', error: { code: 'unknown-person', address: context.subject ?? '' } }
  }
  const expansion = findElement(answer.value, 'DLExpansion')
  const people = childrenOf(expansion, 'Mailbox').flatMap((mailbox) => toPerson(mailbox, null) ?? [])
  return { kind: 'people', people, isComplete: isWholeSet(expansion) }
}

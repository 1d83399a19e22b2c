import { NS } from '../http/namespaces.ts'
import { childOf, textAt } from '../http/xml.ts'
import { foldForDirectory } from '../organisation/create-directory-search.ts'
import { RESPONSE_NAMESPACES, soapAnswer, soapFault } from './envelope.ts'
import type { EwsOperation } from './ews-operation.ts'
import { emailAddressContent } from './mailbox-elements.ts'

const OPERATION = 'ExpandDL'

function responseMessage(attributes: string, content: string): string {
  return `<m:ExpandDLResponse ${RESPONSE_NAMESPACES}><m:ResponseMessages><m:ExpandDLResponseMessage ${attributes}>${content}</m:ExpandDLResponseMessage></m:ResponseMessages></m:ExpandDLResponse>`
}

/**
 * The members of one distribution list, not recursive: nested lists are members.
 * @see MS-OXWSDLIST 3.1.4.1
 */
export const expandDl: EwsOperation = ({ element }, world) => {
  const asked = textAt(childOf(element, NS.messages, 'Mailbox'), NS.types, 'EmailAddress')
  if (!asked) return soapFault(OPERATION, 'ErrorSchemaValidation', 'The request failed schema validation.')
  const folded = foldForDirectory(asked)
  const list = world.people.find(
    ({ kind, address, alias, displayName }) =>
      kind === 'list' && [address, alias, foldForDirectory(displayName)].includes(folded),
  )
  if (list === undefined) {
    const content =
      '<m:MessageText>No results were found.</m:MessageText><m:ResponseCode>ErrorNameResolutionNoResults</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>'
    return { ...soapAnswer(OPERATION, responseMessage('ResponseClass="Error"', content)), address: asked }
  }
  const members = list.members.flatMap((address) => world.find(address) ?? [])
  const mailboxes = members.map((member) => `<t:Mailbox>${emailAddressContent(member)}</t:Mailbox>`).join('')
  const expansion = `<m:DLExpansion TotalItemsInView="${members.length}" IncludesLastItemInRange="true">${mailboxes}</m:DLExpansion>`
  const content = `<m:ResponseCode>NoError</m:ResponseCode>${expansion}`
  return { ...soapAnswer(OPERATION, responseMessage('ResponseClass="Success"', content)), address: list.address }
}

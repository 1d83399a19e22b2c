import { createHash } from 'node:crypto'
import { NS } from '../http/namespaces.ts'
import { childOf, textElement } from '../http/xml.ts'
import { RESPONSE_NAMESPACES, soapAnswer, soapFault } from './envelope.ts'
import type { EwsOperation } from './ews-operation.ts'

const OPERATION = 'GetFolder'

function folderElement(id: string): string {
  const key = createHash('sha256').update(`folder/${id}`).digest('base64')
  return `<t:Folder><t:FolderId Id="${key}" ChangeKey="AQAAAA=="/>${textElement('t:DisplayName', id)}<t:TotalCount>0</t:TotalCount><t:ChildFolderCount>0</t:ChildFolderCount><t:UnreadCount>0</t:UnreadCount></t:Folder>`
}

/**
 * The folders that are asked for, one message a folder; only distinguished ones are known (`root`, `inbox` …), and all are
 * empty. Clients look at the root to see whether EWS is spoken.
 * @see MS-OXWSFOLD 3.1.4.6
 */
export const getFolder: EwsOperation = ({ element }) => {
  const ids = childOf(element, NS.messages, 'FolderIds')?.children ?? []
  if (ids.length === 0) return soapFault(OPERATION, 'ErrorSchemaValidation', 'The request failed schema validation.')
  const messages = ids.map((one) => {
    const id = one.name === 'DistinguishedFolderId' ? (one.attributes.get('Id') ?? '') : ''
    return /^[a-z]+$/.test(id)
      ? `<m:GetFolderResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Folders>${folderElement(id)}</m:Folders></m:GetFolderResponseMessage>`
      : `<m:GetFolderResponseMessage ResponseClass="Error"><m:MessageText>The specified folder could not be found in the store.</m:MessageText><m:ResponseCode>ErrorFolderNotFound</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey><m:Folders/></m:GetFolderResponseMessage>`
  })
  return soapAnswer(
    OPERATION,
    `<m:GetFolderResponse ${RESPONSE_NAMESPACES}><m:ResponseMessages>${messages.join('')}</m:ResponseMessages></m:GetFolderResponse>`,
  )
}

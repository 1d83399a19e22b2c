import { NS } from '../http/namespaces.ts'
import { childOf } from '../http/xml.ts'
import { RESPONSE_NAMESPACES, soapAnswer, soapFault } from './envelope.ts'
import type { EwsOperation } from './ews-operation.ts'

const OPERATION = 'FindItem'
const EMPTY_FOLDER =
  '<m:FindItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:RootFolder IndexedPagingOffset="0" TotalItemsInView="0" IncludesLastItemInRange="true"><t:Items/></m:RootFolder></m:FindItemResponseMessage>'

/**
 * The items of folders: none, because the demo's mailboxes are empty. Clients look for personal contacts before they ask the
 * directory.
 * @see MS-OXWSSRCH 3.1.4.3
 */
export const findItem: EwsOperation = ({ element }) => {
  const folders = childOf(element, NS.messages, 'ParentFolderIds')?.children ?? []
  if (folders.length === 0) {
    return soapFault(OPERATION, 'ErrorSchemaValidation', 'The request failed schema validation.')
  }
  return soapAnswer(
    OPERATION,
    `<m:FindItemResponse ${RESPONSE_NAMESPACES}><m:ResponseMessages>${EMPTY_FOLDER.repeat(folders.length)}</m:ResponseMessages></m:FindItemResponse>`,
  )
}

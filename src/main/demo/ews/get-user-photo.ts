import { sizeCodeSchema } from '../../../shared/size-codes.ts'
import { type Answer, emptyAnswer } from '../http/answers.ts'
import { NS } from '../http/namespaces.ts'
import { textAt, textElement } from '../http/xml.ts'
import { DEMO_DOMAIN } from '../organisation/company.ts'
import { RESPONSE_NAMESPACES, soapAnswer, soapFault } from './envelope.ts'
import type { EwsOperation } from './ews-operation.ts'

const OPERATION = 'GetUserPhoto'

function response(content: string): string {
  return `<m:GetUserPhotoResponse ResponseClass="Success" ${RESPONSE_NAMESPACES}><m:ResponseCode>NoError</m:ResponseCode>${content}</m:GetUserPhotoResponse>`
}

function errorResponse(code: string, text: string): Answer {
  const content = `<m:MessageText>${text}</m:MessageText><m:ResponseCode>${code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey><m:HasChanged>false</m:HasChanged>`
  return soapAnswer(
    OPERATION,
    `<m:GetUserPhotoResponse ResponseClass="Error" ${RESPONSE_NAMESPACES}>${content}</m:GetUserPhotoResponse>`,
  )
}

/**
 * The photo over SOAP. The response is itself the response message. No picture: HasChanged with no PictureData; unchanged
 * since If-None-Match: HasChanged false. An address outside the organisation: HTTP 500 without an EWS code.
 * @see MS-OXWSCONT, GetUserPhotoResponseMessageType
 */
export const getUserPhoto: EwsOperation = async ({ element, ifNoneMatch }, world) => {
  const address = textAt(element, NS.messages, 'Email')?.toLowerCase()
  const size = textAt(element, NS.messages, 'SizeRequested')
  if (address === undefined || size === null) {
    return soapFault(OPERATION, 'ErrorSchemaValidation', 'The request failed schema validation.')
  }
  const sizeCode = sizeCodeSchema.safeParse(size)
  const about = { address, sizeCode: size }
  if (!sizeCode.success) return { ...errorResponse('ErrorInvalidPhotoSize', 'The size is not valid.'), ...about }
  if (!address.endsWith(`@${DEMO_DOMAIN}`)) return { ...emptyAnswer(OPERATION, 500), ...about }
  if (world.find(address) === null) {
    return { ...errorResponse('ErrorNonExistentMailbox', 'The mailbox does not exist.'), ...about }
  }
  const etag = world.photos.etag(address, sizeCode.data)
  if (etag === null) return { ...soapAnswer(OPERATION, response('<m:HasChanged>true</m:HasChanged>')), ...about }
  const isSame = ifNoneMatch === etag
  const photo = isSame ? null : await world.photos.photo(address, sizeCode.data)
  const content =
    photo === null
      ? '<m:HasChanged>false</m:HasChanged>'
      : `<m:HasChanged>true</m:HasChanged>${textElement('m:PictureData', Buffer.from(photo.bytes).toString('base64'))}${textElement('m:ContentType', photo.contentType)}`
  const answer = soapAnswer(OPERATION, response(content))
  return { ...answer, headers: { ...answer.headers, etag }, ...about }
}

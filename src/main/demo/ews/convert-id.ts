import { NS } from '../http/namespaces.ts'
import { childOf, escapeXml, type XmlElement } from '../http/xml.ts'
import { RESPONSE_NAMESPACES, soapAnswer, soapFault } from './envelope.ts'
import type { EwsOperation } from './ews-operation.ts'

const OPERATION = 'ConvertId'
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
const NO_MAILBOX =
  '<m:ConvertIdResponseMessage ResponseClass="Error"><m:MessageText>The SMTP address has no mailbox associated with it.</m:MessageText><m:ResponseCode>ErrorNonExistentMailbox</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey></m:ConvertIdResponseMessage>'

/** The id as it came, in the mailbox of whom it belongs to. */
function converted({ attributes }: XmlElement, format: string, mailbox: string): string {
  const id = `Format="${escapeXml(format)}" Id="${escapeXml(attributes.get('Id') ?? '')}" Mailbox="${escapeXml(mailbox)}"`
  return `<m:ConvertIdResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:AlternateId ${XSI} xsi:type="t:AlternateIdType" ${id}/></m:ConvertIdResponseMessage>`
}

/**
 * Ids in another format. They stay as they are, because the demo's mailboxes hold nothing; what counts is the mailbox, which
 * comes back as its primary address. An id of a mailbox that is not there is taken for one of the caller's: that is how
 * clients (DavMail) find out whose mailbox it is that they are in.
 * @see MS-OXWSCVTID 3.1.4.1
 */
export const convertId: EwsOperation = ({ element, caller }, world) => {
  const ids = childOf(element, NS.messages, 'SourceIds')?.children ?? []
  const format = element.attributes.get('DestinationFormat')
  if (ids.length === 0 || format === undefined) {
    return soapFault(OPERATION, 'ErrorSchemaValidation', 'The request failed schema validation.')
  }
  const messages = ids.map((id) => {
    const mailbox = world.find(id.attributes.get('Mailbox') ?? '')?.address ?? caller
    return mailbox === null ? NO_MAILBOX : converted(id, format, mailbox)
  })
  return soapAnswer(
    OPERATION,
    `<m:ConvertIdResponse ${RESPONSE_NAMESPACES}><m:ResponseMessages>${messages.join('')}</m:ResponseMessages></m:ConvertIdResponse>`,
  )
}

import { type Answer, xmlAnswer } from '../http/answers.ts'
import { NS, SERVER_VERSION } from '../http/namespaces.ts'
import { escapeXml } from '../http/xml.ts'

function envelope(body: string): string {
  const { major, minor, majorBuild, minorBuild } = SERVER_VERSION
  return `<s:Envelope xmlns:s="${NS.soap}"><s:Header><h:ServerVersionInfo MajorVersion="${major}" MinorVersion="${minor}" MajorBuildNumber="${majorBuild}" MinorBuildNumber="${minorBuild}" Version="V2017_07_11" xmlns:h="${NS.types}"/></s:Header><s:Body>${body}</s:Body></s:Envelope>`
}

/** An answer whose body is one response element. */
export function soapAnswer(operation: string, element: string): Answer {
  return xmlAnswer(operation, 200, envelope(element))
}

/** The start of a response element: both namespaces that its content uses are declared. */
export const RESPONSE_NAMESPACES = `xmlns:m="${NS.messages}" xmlns:t="${NS.types}"`

/** A SOAP fault with an EWS response code; comes with HTTP 500. */
export function soapFault(operation: string, responseCode: string, message: string): Answer {
  const fault = `<s:Fault><faultcode xmlns:a="${NS.types}">a:${responseCode}</faultcode><faultstring xml:lang="en-US">${escapeXml(message)}</faultstring><detail><e:ResponseCode xmlns:e="${NS.errors}">${responseCode}</e:ResponseCode><e:Message xmlns:e="${NS.errors}">${escapeXml(message)}</e:Message></detail></s:Fault>`
  return xmlAnswer(operation, 500, envelope(fault))
}

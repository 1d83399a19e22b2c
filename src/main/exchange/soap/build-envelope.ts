/** Namespaces as every working client spells them: `http://`, whatever newer pages print (protocol.md 2.2). */
export const NAMESPACES = {
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  addressing: 'http://www.w3.org/2005/08/addressing',
  autodiscover: 'http://schemas.microsoft.com/exchange/2010/Autodiscover',
  poxRequest: 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006',
  poxResponse: 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a',
  messages: 'http://schemas.microsoft.com/exchange/services/2006/messages',
  types: 'http://schemas.microsoft.com/exchange/services/2006/types',
} as const

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Makes any text safe inside an element or a quoted attribute. Characters that XML 1.0 forbids are left out. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not pass
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '')
      .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
  )
}

/**
 * An EWS request. Prefixes: `m` messages, `t` types.
 * @param serverVersion such as `Exchange2013`, sent as RequestServerVersion
 * @see MS-OXWSCDATA 2.2.3.9 (RequestServerVersion)
 */
export function buildEwsEnvelope(serverVersion: string, body: string): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?>` +
    `<soap:Envelope xmlns:soap="${NAMESPACES.soap}" xmlns:m="${NAMESPACES.messages}" xmlns:t="${NAMESPACES.types}">` +
    `<soap:Header><t:RequestServerVersion Version="${escapeXml(serverVersion)}"/></soap:Header>` +
    `<soap:Body>${body}</soap:Body></soap:Envelope>`
  )
}

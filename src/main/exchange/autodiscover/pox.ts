import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { escapeXml, NAMESPACES } from '../soap/build-envelope.ts'
import { childOf, childrenOf, childText, type XmlElement } from '../soap/parse-xml.ts'
import { type AutodiscoverReading, NOTHING_TOLD, toReading } from './autodiscover-reading.ts'

/** Asks in the older XML form. @see MS-OXDSCLI 2.2.3 (Autodiscover request) */
export function buildPox(address: SmtpAddress): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?>` +
    `<Autodiscover xmlns="${NAMESPACES.poxRequest}"><Request>` +
    `<EMailAddress>${escapeXml(address)}</EMailAddress>` +
    `<AcceptableResponseSchema>${NAMESPACES.poxResponse}</AcceptableResponseSchema>` +
    `</Request></Autodiscover>`
  )
}

/** Words for the error codes. @see MS-OXDSCLI 2.2.4.1.1.2.1 (ErrorCode) */
const ERRORS: Readonly<Record<string, string>> = {
  '500': 'It does not know this address.',
  '501': 'It has no configuration for this address.',
  '600': 'It did not understand the request.',
  '601': 'It does not know the answer’s schema.',
  '602': 'Its configuration is bad.',
  '603': 'It has an internal error.',
}

/** Reads an answer. EXPR is the outside, EXCH the inside; only direct children of Account count (protocol.md 2.4). */
export function readPox(document: XmlElement): AutodiscoverReading {
  const response = childOf(document.name === 'Autodiscover' ? document : null, 'Response')
  if (response === null) return { kind: 'nothing-here', detail: 'It does not speak Autodiscover (POX).' }
  const error = childOf(response, 'Error')
  if (error !== null) {
    return { kind: 'nothing-here', detail: ERRORS[childText(error, 'ErrorCode')] ?? 'It answered with an error.' }
  }
  const account = childOf(response, 'Account')
  switch (childText(account, 'Action').toLowerCase()) {
    case 'redirectaddr':
      return { kind: 'redirect-address', address: childText(account, 'RedirectAddr') }
    case 'redirecturl':
      return { kind: 'redirect-url', url: childText(account, 'RedirectUrl') }
    default:
      return readSettings(account)
  }
}

function readSettings(account: XmlElement | null): AutodiscoverReading {
  const protocols = childrenOf(account, 'Protocol')
  const side = (type: 'EXPR' | 'EXCH') => {
    const protocol = protocols.find((one) => childText(one, 'Type').toUpperCase() === type)
    return { ewsUrl: childText(protocol, 'EwsUrl') || childText(protocol, 'ASUrl'), photosUrl: '' }
  }
  return toReading({ ...NOTHING_TOLD, external: side('EXPR'), internal: side('EXCH') })
}

/** The namespaces that work; see the table in the protocol notes, 2.2. */
export const NS = {
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  addressing: 'http://www.w3.org/2005/08/addressing',
  autodiscover: 'http://schemas.microsoft.com/exchange/2010/Autodiscover',
  poxRequest: 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006',
  poxSettings: 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a',
  poxEnvelope: 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006',
  messages: 'http://schemas.microsoft.com/exchange/services/2006/messages',
  types: 'http://schemas.microsoft.com/exchange/services/2006/types',
  errors: 'http://schemas.microsoft.com/exchange/services/2006/errors',
  schemaInstance: 'http://www.w3.org/2001/XMLSchema-instance',
} as const

/** Exchange Server SE, as the version headers tell it. */
export const SERVER_VERSION = { major: 15, minor: 2, majorBuild: 2562, minorBuild: 17 } as const

/** Version names that a request may carry, oldest first. @see RequestServerVersion */
export const SCHEMA_VERSIONS = [
  'Exchange2007',
  'Exchange2007_SP1',
  'Exchange2010',
  'Exchange2010_SP1',
  'Exchange2010_SP2',
  'Exchange2013',
  'Exchange2013_SP1',
  'Exchange2015',
  'Exchange2016',
] as const

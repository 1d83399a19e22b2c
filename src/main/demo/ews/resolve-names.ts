import { DIRECTORY_SIZE_CODE } from '../../../shared/size-codes.ts'
import type { DemoPerson } from '../demo-types.ts'
import { NS } from '../http/namespaces.ts'
import { textAt } from '../http/xml.ts'
import { RESPONSE_NAMESPACES, soapAnswer, soapFault } from './envelope.ts'
import type { EwsOperation, EwsWorld } from './ews-operation.ts'
import { type ContactShape, contactElement, emailAddressContent } from './mailbox-elements.ts'

const OPERATION = 'ResolveNames'
/** Never more candidates than this, and no paging. */
const LIMIT = 100
const SHAPES: readonly ContactShape[] = ['IdOnly', 'Default', 'AllProperties']

function responseMessage(responseClass: string, responseCode: string, content: string, text = ''): string {
  return `<m:ResolveNamesResponse ${RESPONSE_NAMESPACES}><m:ResponseMessages><m:ResolveNamesResponseMessage ResponseClass="${responseClass}">${text}<m:ResponseCode>${responseCode}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>${content}</m:ResolveNamesResponseMessage></m:ResponseMessages></m:ResolveNamesResponse>`
}

/** The thumbnail goes with a single candidate only: a sweep through the directory would otherwise draw every face. */
async function resolution(
  person: DemoPerson,
  shape: ContactShape | null,
  isOnly: boolean,
  world: EwsWorld,
): Promise<string> {
  const hasThumbnail = shape === 'AllProperties' && isOnly
  const thumbnail = hasThumbnail ? await world.photos.photo(person.address, DIRECTORY_SIZE_CODE) : null
  const contact = shape === null ? '' : contactElement(person, shape, thumbnail?.bytes ?? null)
  return `<t:Resolution><t:Mailbox>${emailAddressContent(person)}</t:Mailbox>${contact}</t:Resolution>`
}

/**
 * Ambiguous name resolution: at most 100 candidates. Several are a Warning with ErrorNameResolutionMultipleResults, none an
 * Error with ErrorNameResolutionNoResults.
 * @see MS-OXWSRSLNM 3.1.4.1
 */
export const resolveNames: EwsOperation = async ({ element }, world) => {
  const entry = textAt(element, NS.messages, 'UnresolvedEntry')
  const wantsContact = element.attributes.get('ReturnFullContactData')
  if (!entry || (wantsContact !== 'true' && wantsContact !== 'false')) {
    return soapFault(OPERATION, 'ErrorSchemaValidation', 'The request failed schema validation.')
  }
  const asked = element.attributes.get('ContactDataShape') ?? 'Default'
  const shape = wantsContact === 'true' ? (SHAPES.find((known) => known === asked) ?? 'Default') : null
  const isDirectory = element.attributes.get('SearchScope') !== 'Contacts'
  const found = isDirectory ? world.search.resolve(entry, LIMIT + 1) : []
  if (found.length === 0) {
    const text = '<m:MessageText>No results were found.</m:MessageText>'
    return soapAnswer(OPERATION, responseMessage('Error', 'ErrorNameResolutionNoResults', '', text))
  }
  const told = found.slice(0, LIMIT)
  const resolutions = await Promise.all(told.map((person) => resolution(person, shape, told.length === 1, world)))
  const set = `<m:ResolutionSet TotalItemsInView="${told.length}" IncludesLastItemInRange="${found.length <= LIMIT}">${resolutions.join('')}</m:ResolutionSet>`
  if (told.length === 1) return soapAnswer(OPERATION, responseMessage('Success', 'NoError', set))
  const text = '<m:MessageText>Multiple results were found.</m:MessageText>'
  return soapAnswer(OPERATION, responseMessage('Warning', 'ErrorNameResolutionMultipleResults', set, text))
}

import type { SizeCode } from '../../shared/size-codes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'

const ADDRESS_MARK = '{email}'
const SIZE_MARK = '{size}'

/** An asked URL less what the photo's own key says, so that a library keeps one URL a server and not one a photo. */
export function toUrlTemplate(url: string, address: SmtpAddress, sizeCode: SizeCode): string {
  const template = url.replace(encodeURIComponent(address), ADDRESS_MARK).replace(sizeCode, SIZE_MARK)
  return fromUrlTemplate(template, address, sizeCode) === url ? template : url
}

/** The URL that was asked. */
export function fromUrlTemplate(template: string, address: SmtpAddress, sizeCode: SizeCode): string {
  return template.replace(ADDRESS_MARK, () => encodeURIComponent(address)).replace(SIZE_MARK, () => sizeCode)
}

/** One element of BER: its tag, and where its content begins and ends. */
interface Element {
  readonly tag: number
  readonly from: number
  readonly to: number
}

const TAGS = { integer: 0x02, octets: 0x04, enumerated: 0x0a, sequence: 0x30, set: 0x31, controls: 0xa0 } as const
/** Answers of LDAP. @see RFC 4511, section 4 */
const ENTRY = 0x64
const REFERENCE = 0x73
const RESULTS: readonly number[] = [0x61, 0x65, 0x78]

/** The longest header of an element: its tag, and a length of four bytes after the byte that says so. */
export const MAX_HEADER_BYTES = 6

/**
 * The length of the message that begins here (bytes), header included. `more`: it does not show yet; `broken`: this is no
 * LDAP message, or longer than can be.
 */
export function messageLength(bytes: Uint8Array): number | 'more' | 'broken' {
  if (bytes.length > 0 && bytes[0] !== TAGS.sequence) return 'broken'
  const element = readHeader(bytes, 0, Number.MAX_SAFE_INTEGER)
  if (element !== null) return element.to
  return bytes.length < MAX_HEADER_BYTES ? 'more' : 'broken'
}

/**
 * Whether a whole message is one of the answers that LDAP has, and every element of it ends where its parent does. The library
 * that reads it after this goes on for ever where a length points behind the end.
 * @see RFC 4511, 4.1.1 and 5.1
 */
export function isWellFormed(message: Uint8Array): boolean {
  const [whole, ...more] = elementsOf(message, 0, message.length) ?? []
  if (whole?.tag !== TAGS.sequence || more.length > 0) return false
  const [id, operation, controls, ...rest] = elementsOf(message, whole.from, whole.to) ?? []
  if (id?.tag !== TAGS.integer || operation === undefined || rest.length > 0) return false
  if (controls !== undefined && !isControls(message, controls)) return false
  const parts = elementsOf(message, operation.from, operation.to)
  if (parts === null) return false
  if (operation.tag === ENTRY) return isEntry(message, parts)
  if (operation.tag === REFERENCE) return parts.every(({ tag }) => tag === TAGS.octets)
  return RESULTS.includes(operation.tag) && isResult(message, parts)
}

function isEntry(message: Uint8Array, [name, attributes, ...rest]: readonly Element[]): boolean {
  if (name?.tag !== TAGS.octets || attributes?.tag !== TAGS.sequence || rest.length > 0) return false
  return everyChild(message, attributes, (attribute) => {
    const [type, values, ...more] = elementsOf(message, attribute.from, attribute.to) ?? []
    const isAttribute = attribute.tag === TAGS.sequence && type?.tag === TAGS.octets && values?.tag === TAGS.set
    return isAttribute && more.length === 0 && everyChild(message, values, ({ tag }) => tag === TAGS.octets)
  })
}

function isResult(message: Uint8Array, [code, matched, text, ...rest]: readonly Element[]): boolean {
  const isHead = code?.tag === TAGS.enumerated && matched?.tag === TAGS.octets && text?.tag === TAGS.octets
  // Referral, SASL answer, name and value of an extended answer.
  return isHead && rest.every((one) => (one.tag & 0xc0) === 0x80 && isNested(message, one))
}

function isControls(message: Uint8Array, controls: Element): boolean {
  const isControl = (one: Element) => one.tag === TAGS.sequence && isNested(message, one)
  return controls.tag === TAGS.controls && everyChild(message, controls, isControl)
}

/** Of a constructed element, whether its children are whole; one level is all that LDAP has here. */
function isNested(message: Uint8Array, element: Element): boolean {
  return (element.tag & 0x20) === 0 || elementsOf(message, element.from, element.to) !== null
}

function everyChild(message: Uint8Array, parent: Element, isGood: (child: Element) => boolean): boolean {
  return elementsOf(message, parent.from, parent.to)?.every(isGood) ?? false
}

/** The elements that fill this stretch exactly; null when they do not. */
function elementsOf(bytes: Uint8Array, from: number, to: number): Element[] | null {
  const elements: Element[] = []
  for (let at = from; at < to; ) {
    const element = readHeader(bytes, at, to)
    if (element === null) return null
    elements.push(element)
    at = element.to
  }
  return elements
}

/** Reads tag and length; null when it is not whole, or its content would end behind `limit`. */
function readHeader(bytes: Uint8Array, at: number, limit: number): Element | null {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined) return null
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  // 0x80 would be an indefinite length, which LDAP does not have.
  if (first === 0x80 || lengthBytes > 4) return null
  let length = lengthBytes === 0 ? first : 0
  for (let index = 0; index < lengthBytes; index += 1) {
    const byte = bytes[at + 2 + index]
    if (byte === undefined) return null
    length = length * 256 + byte
  }
  const from = at + 2 + lengthBytes
  return from + length > limit ? null : { tag, from, to: from + length }
}

import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An element: its name without prefix, its attributes without prefixes, its own text and its children in order. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly children: readonly XmlElement[]
}

/**
 * Names are compared without namespaces: servers and documents spell the same ones with `http://` and `https://`
 * (protocol.md 0.1), and no two elements of one answer differ by namespace alone.
 * Entities are decoded here, not by the parser, because Exchange sends character references that XML 1.0 forbids.
 */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: '#cdata',
  maxNestedTags: 64,
  jPath: false,
})

/** A node as the parser gives it: one key that is its name, or `#text`, and `:@` for attributes. */
type RawNode = Readonly<Record<string, unknown>>

/**
 * Reads an XML document from a server.
 * @returns null for what is not well-formed XML, and for anything with a document type or an entity declaration
 */
export function parseXml(document: string): XmlElement | null {
  const text = document.startsWith('\uFEFF') ? document.slice(1) : document
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return null
  try {
    if (XMLValidator.validate(text) !== true) return null
    return (
      nodesOf(parser.parse(text))
        .map(toElement)
        .find((element) => element !== null) ?? null
    )
  } catch {
    // The parser throws for names it refuses (`__proto__`), for too many levels and for broken markup.
    return null
  }
}

function nodesOf(value: unknown): readonly RawNode[] {
  return Array.isArray(value) ? value : []
}

function toElement(node: RawNode): XmlElement | null {
  const name = nameOf(node)
  if (name === null) return null
  const children: XmlElement[] = []
  let text = ''
  for (const part of nodesOf(node[name])) {
    const child = toElement(part)
    if (child === null) text += textOf(part)
    else children.push(child)
  }
  return { name, attributes: attributesOf(node[':@']), text, children }
}

function nameOf(node: RawNode): string | null {
  for (const key in node) if (key !== ':@' && !key.startsWith('#')) return key
  return null
}

const NO_ATTRIBUTES: Readonly<Record<string, string>> = {}

function attributesOf(raw: unknown): Readonly<Record<string, string>> {
  if (typeof raw !== 'object' || raw === null) return NO_ATTRIBUTES
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, decodeEntities(String(value))]))
}

function textOf(part: RawNode): string {
  if ('#text' in part) return decodeEntities(String(part['#text']))
  return nodesOf(part['#cdata'])
    .map((inner) => String(inner['#text'] ?? ''))
    .join('')
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Decodes the five entities and character references; forbidden characters vanish, unknown entities stay as they are. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,8})|#(\d{1,8})|(\w{1,8}));/gi,
    (whole, hex?: string, decimal?: string, name = '') => {
      if (hex !== undefined) return toCharacter(Number.parseInt(hex, 16))
      if (decimal !== undefined) return toCharacter(Number(decimal))
      return NAMED_ENTITIES[name] ?? whole
    },
  )
}

/** @see XML 1.0, production [2] Char */
function toCharacter(code: number): string {
  const isAllowed =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  return isAllowed ? String.fromCodePoint(code) : ''
}

/** The first child of that name. */
export function childOf(element: XmlElement | null | undefined, name: string): XmlElement | null {
  return element?.children.find((child) => child.name === name) ?? null
}

/** All children of that name. */
export function childrenOf(element: XmlElement | null | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

/** The trimmed text of the first child of that name; empty when there is none. */
export function childText(element: XmlElement | null | undefined, name: string): string {
  return childOf(element, name)?.text.trim() ?? ''
}

/** The first element of that name at any depth, the element itself included. */
export function findElement(element: XmlElement | null | undefined, name: string): XmlElement | null {
  if (element === null || element === undefined) return null
  if (element.name === name) return element
  for (const child of element.children) {
    const found = findElement(child, name)
    if (found !== null) return found
  }
  return null
}

import { XMLParser } from 'fast-xml-parser'

/** An XML element with its namespace resolved. */
export interface XmlElement {
  readonly namespace: string
  readonly name: string
  /** By local name. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** The text directly inside, as it stands. */
  readonly text: string
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
})

/** The parser's own shape: one key is the tag, `:@` holds the attributes. */
type RawNode = Readonly<Record<string, unknown>>

function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(':') + 1)
}

function isRawNode(value: unknown): value is RawNode {
  return typeof value === 'object' && value !== null
}

function attributesOf(node: RawNode): [string, string][] {
  const raw = node[':@']
  return isRawNode(raw) ? Object.entries(raw).map(([name, value]) => [name, String(value)]) : []
}

/** Adds what an element declares to the prefixes in force around it; the default namespace has the prefix ``. */
function extendScope(scope: ReadonlyMap<string, string>, attributes: [string, string][]): ReadonlyMap<string, string> {
  const declared = attributes.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
  if (declared.length === 0) return scope
  return new Map([...scope, ...declared.map(([name, uri]) => [name === 'xmlns' ? '' : localName(name), uri] as const)])
}

function toElement(node: RawNode, outerScope: ReadonlyMap<string, string>): XmlElement | null {
  const tag = Object.keys(node).find((key) => key !== ':@' && key !== '#text' && !key.startsWith('?'))
  if (tag === undefined) return null
  const attributes = attributesOf(node)
  const scope = extendScope(outerScope, attributes)
  const content = node[tag]
  const inside = Array.isArray(content) ? content.filter(isRawNode) : []
  const prefix = tag.includes(':') ? tag.slice(0, tag.indexOf(':')) : ''
  return {
    namespace: scope.get(prefix) ?? '',
    name: localName(tag),
    attributes: new Map(attributes.map(([name, value]) => [localName(name), value])),
    children: inside.flatMap((child) => toElement(child, scope) ?? []),
    text: inside.map((child) => (typeof child['#text'] === 'string' ? child['#text'] : '')).join(''),
  }
}

/** Reads a document's root; null when it is not well-formed, or has a DTD, which SOAP forbids. */
export function readXml(document: string): XmlElement | null {
  if (/<!DOCTYPE/i.test(document)) return null
  try {
    const parsed: unknown = parser.parse(document, true)
    const roots = Array.isArray(parsed) ? parsed.filter(isRawNode) : []
    return roots.flatMap((node) => toElement(node, new Map()) ?? [])[0] ?? null
  } catch {
    return null
  }
}

/** The first child of this name; null when there is none. */
export function childOf(parent: XmlElement | null, namespace: string, name: string): XmlElement | null {
  return parent?.children.find((child) => child.namespace === namespace && child.name === name) ?? null
}

/** The text of the element that this path of names leads to; null when there is none. */
export function textAt(parent: XmlElement | null, namespace: string, ...path: readonly string[]): string | null {
  const end = path.reduce<XmlElement | null>((element, name) => childOf(element, namespace, name), parent)
  return end === null ? null : end.text.trim()
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids exactly these
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it may stand in XML, in attributes, too. */
export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)
}

/** An element with text inside. */
export function textElement(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`
}

/** The same, or nothing for an empty text: an absent fact has no element. */
export function optionalElement(name: string, text: string): string {
  return text === '' ? '' : textElement(name, text)
}

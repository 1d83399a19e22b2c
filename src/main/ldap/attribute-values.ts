import type { Entry } from 'ldapts'

/** The values of an attribute, whatever case its name came in; none where it is missing. */
function valuesOf(entry: Entry, attribute: string): (string | Buffer)[] {
  const wanted = attribute.toLowerCase()
  const found = Object.entries(entry).find(([name]) => name.toLowerCase() === wanted)?.[1]
  if (found === undefined) return []
  return Array.isArray(found) ? [...found] : [found]
}

/** The texts of an attribute. What is no text, or longer than any fact of a directory, is left out. */
export function textsOf(entry: Entry, attribute: string, maxLength = 1_000): string[] {
  return valuesOf(entry, attribute).filter(
    (value) => typeof value === 'string' && value.length <= maxLength,
  ) as string[]
}

/** The first text, without control characters; empty where there is none. */
export function textOf(entry: Entry, attribute: string): string {
  const [text = ''] = textsOf(entry, attribute)
  return text.replace(/\p{Cc}+/gu, ' ').trim()
}

/** The first value as bytes; null where there is none. */
export function bytesOf(entry: Entry, attribute: string): Uint8Array | null {
  const [value] = valuesOf(entry, attribute)
  return value === undefined ? null : new Uint8Array(Buffer.from(value as string))
}

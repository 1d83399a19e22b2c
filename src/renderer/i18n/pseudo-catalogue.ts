/** A catalogue: words, lists of words, and groups of them. */
export interface Catalogue {
  readonly [key: string]: Words
}
type Words = string | readonly string[] | Catalogue

/** Right-to-left override, and its end. @see Unicode Standard Annex 9, 2.2 */
const OVERRIDE = '\u202e'
const POP = '\u202c'

/** The same words, written from right to left. What is filled in later (`{{…}}`) stays as it is. */
export function pseudoCatalogue(catalogue: Catalogue): Catalogue {
  return Object.fromEntries(Object.entries(catalogue).map(([key, words]) => [key, mirror(words)]))
}

function mirror(words: Words): Words {
  if (typeof words === 'string') return mirrorText(words)
  return isList(words) ? words.map(mirrorText) : pseudoCatalogue(words)
}

function isList(words: Words): words is readonly string[] {
  return Array.isArray(words)
}

function mirrorText(text: string): string {
  return text
    .split(/(\{\{.*?\}\}|<\/?\w+>)/)
    .map((part, index) => (index % 2 === 1 || part.trim() === '' ? part : `${OVERRIDE}${part}${POP}`))
    .join('')
}

import anyAscii from 'any-ascii'

const PLAIN = /^[\u0020-\u007e]*$/

/** Whether folding changes nothing of a text but its case. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text)
}

/**
 * Brings a text to the form in which it is searched: lower-case ASCII, without diacritics, other scripts transliterated, so
 * that `aso` finds Åsö, `strasse` Straße and `ivan` Иван (F22). Character by character, so that the fold of a prefix is a
 * prefix of the fold.
 */
export function fold(text: string): string {
  if (isPlain(text)) return text.toLowerCase()
  const composed = text.normalize('NFKC').replace(GREEK_OU, 'ou')
  return anyAscii(spaceIdeographs(composed)).toLowerCase()
}

/** The one Greek digraph that nobody types letter by letter: Παπαδόπουλος is Papadopoulos. */
const GREEK_OU = /ο[υύ]/giu

/** Han and Hangul are written without spaces, and each character begins a word that people search by. */
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hangul}]/gu

function spaceIdeographs(text: string): string {
  return text.replace(IDEOGRAPH, ' $& ')
}

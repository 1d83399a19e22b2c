/** A file name without its extension is at most so many UTF-16 code units long. */
export const MAX_STEM_UNITS = 120

/** File systems of Linux allow 255 bytes of UTF-8 in a name: what the extension and a number need is kept free. */
const MAX_STEM_BYTES = 230

/** Separators, what Windows forbids, and control characters: each becomes a low line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not pass
const FORBIDDEN = /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f]/g

/** Invisible characters that only disguise a name: direction overrides, byte order marks, zero-width spaces. */
const DISGUISES = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g

/** Names that Windows gives to devices, whatever extension follows. */
const RESERVED = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:$|[\s.])/i

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
const utf8 = new TextEncoder()

/**
 * A plain file name without extension, safe on Windows, macOS and Linux: letters of any script are kept (F100), in the
 * composed form (NFC). Empty when nothing of the text can be used.
 */
export function safeStem(text: string): string {
  const plain = text
    .toWellFormed()
    .normalize('NFC')
    .replace(DISGUISES, '')
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .replace(FORBIDDEN, '_')
    .replaceAll('\ufffd', '_')
  const trimmed = trimEdges(plain)
  const isNothing = /^_*$/.test(trimmed)
  return isNothing ? '' : shorten(RESERVED.test(trimmed) ? `_${trimmed}` : trimmed, MAX_STEM_UNITS)
}

/** Leading dots hide a file; trailing dots and spaces are dropped by Windows. */
function trimEdges(stem: string): string {
  return stem.replace(/^[\s.]+/, '').replace(/[\s.]+$/, '')
}

/** Cuts between characters as people see them, so that no surrogate pair and no letter with its marks is torn. */
function shorten(stem: string, maxUnits: number): string {
  if (stem.length <= maxUnits && utf8.encode(stem).length <= MAX_STEM_BYTES) return stem
  let kept = ''
  let bytes = 0
  for (const { segment } of graphemes.segment(stem)) {
    bytes += utf8.encode(segment).length
    if (kept.length + segment.length > maxUnits || bytes > MAX_STEM_BYTES) break
    kept += segment
  }
  return trimEdges(kept)
}

/** Two names with the same key are one file on a file system that ignores case. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase()
}

/** Hands out names, each once. */
export interface NameGiver {
  /** The first usable candidate, with a number when it is taken: `Åsa Öberg`, `Åsa Öberg (2)`. */
  give(candidates: readonly string[]): string
}

/** What people's files end in: a name is taken whatever of these follows it. */
const PICTURE_EXTENSION = /\.(?:jpe?g|png|gif|webp|bmp|bin)$/i

/**
 * Gives names that are safe and unique without regard to case, in the order asked.
 * @param takenFiles names of files that are there already; they are never given again
 */
export function createNameGiver(takenFiles: Iterable<string>): NameGiver {
  const taken = new Set(Array.from(takenFiles, (file) => nameKey(file.replace(PICTURE_EXTENSION, ''))))
  const nextNumbers = new Map<string, number>()
  const claim = (stem: string): boolean => {
    const key = nameKey(stem)
    if (taken.has(key)) return false
    taken.add(key)
    return true
  }
  return {
    give(candidates) {
      const stem = candidates.map(safeStem).find((candidate) => candidate !== '') ?? 'photo'
      if (claim(stem)) return stem
      const key = nameKey(stem)
      for (let number = nextNumbers.get(key) ?? 2; ; number += 1) {
        const suffix = ` (${number})`
        const numbered = shorten(stem, MAX_STEM_UNITS - suffix.length) + suffix
        if (!claim(numbered)) continue
        nextNumbers.set(key, number + 1)
        return numbered
      }
    },
  }
}

import { tokens } from '@fluentui/react-components'

/** Pairs of a background and a foreground whose contrast Fluent keeps at AA in its light, dark and high-contrast themes. */
export const INITIALS_COLORS: readonly { background: string; foreground: string }[] = [
  { background: tokens.colorPaletteDarkRedBackground2, foreground: tokens.colorPaletteDarkRedForeground2 },
  { background: tokens.colorPaletteCranberryBackground2, foreground: tokens.colorPaletteCranberryForeground2 },
  { background: tokens.colorPalettePumpkinBackground2, foreground: tokens.colorPalettePumpkinForeground2 },
  { background: tokens.colorPaletteMarigoldBackground2, foreground: tokens.colorPaletteMarigoldForeground2 },
  { background: tokens.colorPaletteBrassBackground2, foreground: tokens.colorPaletteBrassForeground2 },
  { background: tokens.colorPaletteForestBackground2, foreground: tokens.colorPaletteForestForeground2 },
  { background: tokens.colorPaletteSeafoamBackground2, foreground: tokens.colorPaletteSeafoamForeground2 },
  { background: tokens.colorPaletteTealBackground2, foreground: tokens.colorPaletteTealForeground2 },
  { background: tokens.colorPaletteSteelBackground2, foreground: tokens.colorPaletteSteelForeground2 },
  { background: tokens.colorPaletteBlueBackground2, foreground: tokens.colorPaletteBlueForeground2 },
  { background: tokens.colorPaletteCornflowerBackground2, foreground: tokens.colorPaletteCornflowerForeground2 },
  { background: tokens.colorPaletteLavenderBackground2, foreground: tokens.colorPaletteLavenderForeground2 },
  { background: tokens.colorPaletteGrapeBackground2, foreground: tokens.colorPaletteGrapeForeground2 },
  { background: tokens.colorPaletteMagentaBackground2, foreground: tokens.colorPaletteMagentaForeground2 },
  { background: tokens.colorPalettePlumBackground2, foreground: tokens.colorPalettePlumForeground2 },
]

/** The first characters, as readers see them, of the first and the last word; an empty string for an empty name. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/\([^)]*\)/g, ' ')
    .split(/[\s,;._/-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  const firsts = (words.length > 1 ? [words[0], words.at(-1)] : words).map((word) => firstCharacter(word ?? ''))
  return firsts.join('').toLocaleUpperCase()
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Below this, characters stand for themselves; nothing before it joins what stands before. */
const FIRST_COMBINING = 0x300

function firstCharacter(word: string): string {
  // Segmenting takes a hundred times as long, and a grid that flies past asks for many.
  const isPlain = word.charCodeAt(0) < FIRST_COMBINING && !(word.charCodeAt(1) >= FIRST_COMBINING)
  if (isPlain) return word.charAt(0)
  for (const { segment } of segmenter.segment(word)) return segment
  return ''
}

/** Always the same number from 0 to `count - 1` for the same text. */
export function bucketOf(text: string, count: number): number {
  let hash = 2166136261
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619)
  return (hash >>> 0) % count
}

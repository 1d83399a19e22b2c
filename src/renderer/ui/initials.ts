import { type GriffelStyle, tokens } from '@fluentui/react-components'
import type { CSSProperties } from 'react'

/** Pairs of a background and a foreground whose contrast Fluent keeps at AA in its light, dark and high-contrast themes. */
const INITIALS_COLORS: readonly CSSProperties[] = [
  { backgroundColor: tokens.colorPaletteDarkRedBackground2, color: tokens.colorPaletteDarkRedForeground2 },
  { backgroundColor: tokens.colorPaletteCranberryBackground2, color: tokens.colorPaletteCranberryForeground2 },
  { backgroundColor: tokens.colorPalettePumpkinBackground2, color: tokens.colorPalettePumpkinForeground2 },
  { backgroundColor: tokens.colorPaletteMarigoldBackground2, color: tokens.colorPaletteMarigoldForeground2 },
  { backgroundColor: tokens.colorPaletteBrassBackground2, color: tokens.colorPaletteBrassForeground2 },
  { backgroundColor: tokens.colorPaletteForestBackground2, color: tokens.colorPaletteForestForeground2 },
  { backgroundColor: tokens.colorPaletteSeafoamBackground2, color: tokens.colorPaletteSeafoamForeground2 },
  { backgroundColor: tokens.colorPaletteTealBackground2, color: tokens.colorPaletteTealForeground2 },
  { backgroundColor: tokens.colorPaletteSteelBackground2, color: tokens.colorPaletteSteelForeground2 },
  { backgroundColor: tokens.colorPaletteBlueBackground2, color: tokens.colorPaletteBlueForeground2 },
  { backgroundColor: tokens.colorPaletteCornflowerBackground2, color: tokens.colorPaletteCornflowerForeground2 },
  { backgroundColor: tokens.colorPaletteLavenderBackground2, color: tokens.colorPaletteLavenderForeground2 },
  { backgroundColor: tokens.colorPaletteGrapeBackground2, color: tokens.colorPaletteGrapeForeground2 },
  { backgroundColor: tokens.colorPaletteMagentaBackground2, color: tokens.colorPaletteMagentaForeground2 },
  { backgroundColor: tokens.colorPalettePlumBackground2, color: tokens.colorPalettePlumForeground2 },
]

/** How initials are written on their field. */
export const INITIALS_STYLE: GriffelStyle = {
  fontWeight: tokens.fontWeightSemibold,
  lineHeight: 1,
  letterSpacing: '0.02em',
  userSelect: 'none',
  '@media (forced-colors: active)': { outline: '1px solid CanvasText', outlineOffset: '-1px' },
}

/** The size of initials on a field of a size, both CSS px. */
export function initialsPx(fieldPx: number): number {
  return Math.max(13, Math.round(fieldPx * 0.34))
}

/** The colours of somebody's initials: always the same for the same name. */
export function initialsColorOf(name: string): CSSProperties {
  return INITIALS_COLORS[bucketOf(name, INITIALS_COLORS.length)] ?? {}
}

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

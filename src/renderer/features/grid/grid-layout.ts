import type { PeopleGroup } from '../../../shared/contract/people.ts'

/** Limits of a tile's picture, CSS px. */
export const MIN_TILE_PX = 48
export const MAX_TILE_PX = 320
/** What one press of `+` or `-`, or one notch of the wheel, changes. */
const ZOOM_FACTOR = 1.15

/** Space between tiles, and around the picture in a tile, CSS px. */
export const GAP_PX = 4
export const PADDING_PX = 6
/** Space to the edges of the grid. */
export const EDGE_PX = 12
/** The heading of a group, the heading of the table, a row of the table and the face in it. */
export const GROUP_PX = 36
export const TABLE_HEAD_PX = 34
const TABLE_ROW_PX = 40
const TABLE_FACE_PX = 28
/**
 * Browsers cannot lay out elements higher than about 33 million px; beyond this the grid takes more columns than would fit
 * best, and so fewer rows.
 */
const MAX_HEIGHT_PX = 30_000_000

/** People who stand together: a group, or all of them where there are no groups. A line is a row of tiles or a heading. */
export interface GridSection {
  /** The group's name; null where there are no groups, and so no heading. */
  readonly name: string | null
  readonly count: number
  readonly firstIndex: number
  readonly firstLine: number
  readonly topPx: number
}

/** Where everything in a grid is. Lengths in CSS px. */
export interface GridLayout {
  /** `table`: one person a line, with columns of facts. */
  readonly view: 'faces' | 'table'
  readonly total: number
  readonly columns: number
  /** What stands above the first line and stays there while the rest scrolls. */
  readonly headPx: number
  readonly rowPx: number
  readonly picturePx: number
  /** Lines of text under the picture. */
  readonly textLines: 0 | 1 | 2
  readonly sections: readonly GridSection[]
  readonly lineCount: number
  readonly heightPx: number
}

/** What a line shows. */
export type GridLine =
  | { readonly kind: 'heading'; readonly section: GridSection }
  | { readonly kind: 'tiles'; readonly firstIndex: number; readonly count: number }

function textLinesFor(tilePx: number): 0 | 1 | 2 {
  if (tilePx < 72) return 0
  return tilePx < 96 ? 1 : 2
}

const TEXT_PX = { 0: 0, 1: 22, 2: 40 } as const

/** Lays sections out one under the other. */
function stack(total: number, groups: readonly PeopleGroup[], columns: number, headPx: number, rowPx: number) {
  const sections: GridSection[] = []
  let firstIndex = 0
  let firstLine = 0
  let topPx = headPx
  const add = (name: string | null, count: number) => {
    sections.push({ name, count, firstIndex, firstLine, topPx })
    const rows = Math.ceil(count / columns)
    firstIndex += count
    firstLine += rows + (name === null ? 0 : 1)
    topPx += rows * rowPx + (name === null ? 0 : GROUP_PX)
  }
  for (const { name, count } of groups) add(name, count)
  if (groups.length === 0) add(null, total)
  return { sections, lineCount: firstLine, heightPx: topPx }
}

/** Lays `total` tiles of a picture size out in a width, under the headings of their groups where there are any. */
export function layOutGrid(
  widthPx: number,
  tilePx: number,
  total: number,
  groups: readonly PeopleGroup[] = [],
): GridLayout {
  const usablePx = Math.max(0, widthPx - 2 * EDGE_PX)
  const textLines = textLinesFor(tilePx)
  const rowPx = tilePx + 2 * PADDING_PX + TEXT_PX[textLines] + GAP_PX
  const fitting = Math.max(1, Math.floor((usablePx + GAP_PX) / (tilePx + 2 * PADDING_PX + GAP_PX)))
  const needed = Math.ceil((total * rowPx) / MAX_HEIGHT_PX)
  const columns = Math.max(fitting, needed)
  const cellPx = (usablePx - (columns - 1) * GAP_PX) / columns
  const picturePx = columns > fitting ? Math.max(16, Math.floor(cellPx - 2 * PADDING_PX)) : tilePx
  const places = stack(total, groups, columns, 0, rowPx)
  return { view: 'faces', total, columns, headPx: 0, rowPx, picturePx, textLines, ...places }
}

/** Lays `total` people out as a table. */
export function layOutTable(total: number, groups: readonly PeopleGroup[] = []): GridLayout {
  const rowPx = Math.min(TABLE_ROW_PX, MAX_HEIGHT_PX / Math.max(1, total))
  const places = stack(total, groups, 1, TABLE_HEAD_PX, rowPx)
  const looks = { columns: 1, headPx: TABLE_HEAD_PX, rowPx, picturePx: TABLE_FACE_PX, textLines: 0 as const }
  return { view: 'table', total, ...looks, ...places }
}

/** The last section that begins at or before a value. */
function sectionAt(layout: GridLayout, fact: 'firstIndex' | 'firstLine' | 'topPx', value: number): GridSection {
  const { sections } = layout
  let low = 0
  let high = sections.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((sections[middle]?.[fact] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return sections[low] ?? { name: null, count: 0, firstIndex: 0, firstLine: 0, topPx: 0 }
}

const headingLines = ({ name }: GridSection) => (name === null ? 0 : 1)

/** The line that a place in the order is on. */
export function lineOf(layout: GridLayout, index: number): number {
  const section = sectionAt(layout, 'firstIndex', index)
  return section.firstLine + headingLines(section) + Math.floor((index - section.firstIndex) / layout.columns)
}

/** The column that a place in the order is in, from 0. */
export function columnOf(layout: GridLayout, index: number): number {
  return (index - sectionAt(layout, 'firstIndex', index).firstIndex) % layout.columns
}

/** What a line shows. */
export function readLine(layout: GridLayout, line: number): GridLine {
  const section = sectionAt(layout, 'firstLine', line)
  const row = line - section.firstLine - headingLines(section)
  if (row < 0) return { kind: 'heading', section }
  const firstIndex = section.firstIndex + row * layout.columns
  const left = section.firstIndex + section.count - firstIndex
  return { kind: 'tiles', firstIndex, count: Math.max(0, Math.min(layout.columns, left)) }
}

/** How far below the top of the grid a line begins. */
export function topOf(layout: GridLayout, line: number): number {
  const section = sectionAt(layout, 'firstLine', line)
  const rows = line - section.firstLine
  if (rows === 0 || section.name === null) return section.topPx + rows * layout.rowPx
  return section.topPx + GROUP_PX + (rows - 1) * layout.rowPx
}

/** The line at a distance from the top of the grid. */
export function lineAt(layout: GridLayout, topPx: number): number {
  const section = sectionAt(layout, 'topPx', topPx)
  const headingPx = section.name === null ? 0 : GROUP_PX
  const insidePx = topPx - section.topPx - headingPx
  const row = insidePx < 0 ? -headingLines(section) : Math.floor(insidePx / layout.rowPx)
  const line = section.firstLine + headingLines(section) + row
  return Math.max(0, Math.min(layout.lineCount - 1, line))
}

/** The section that is at a distance from the top: whose heading stays in sight there. */
export function sectionAtTop(layout: GridLayout, topPx: number): GridSection {
  return sectionAt(layout, 'topPx', topPx)
}

/** The picture size some steps larger or smaller, within the limits. */
export function zoom(tilePx: number, steps: number): number {
  return Math.round(Math.min(MAX_TILE_PX, Math.max(MIN_TILE_PX, tilePx * ZOOM_FACTOR ** steps)))
}

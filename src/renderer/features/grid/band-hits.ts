import type { GridLayout } from './grid-layout.ts'
import { EDGE_PX, GAP_PX, lineAt, PADDING_PX, readLine, topOf } from './grid-layout.ts'

/** A rectangle in a grid: `x` from the side where lines begin, `y` from the top of the first line. CSS px. */
export interface Band {
  readonly fromX: number
  readonly fromY: number
  readonly toX: number
  readonly toY: number
}

/** Places in the order, first and last, that stand next to each other. */
export type PlaceRange = readonly [first: number, last: number]

/** The columns whose pictures a stretch of a line touches; null when it runs between them. */
function columnsHit(layout: GridLayout, widthPx: number, left: number, right: number): PlaceRange | null {
  if (layout.view === 'table') return [0, 0]
  const { columns, picturePx } = layout
  const cellPx = (widthPx - 2 * EDGE_PX - (columns - 1) * GAP_PX) / columns
  const insetPx = (cellPx - picturePx) / 2
  const pitchPx = cellPx + GAP_PX
  const first = Math.max(0, Math.ceil((left - EDGE_PX - insetPx - picturePx) / pitchPx))
  const last = Math.min(columns - 1, Math.floor((right - EDGE_PX - insetPx) / pitchPx))
  return first <= last ? [first, last] : null
}

/** Whom a rubber band touches: whose picture it is over, or in a table whose line. */
export function bandHits(layout: GridLayout, widthPx: number, band: Band): PlaceRange[] {
  const [top, bottom] = [Math.min(band.fromY, band.toY), Math.max(band.fromY, band.toY)]
  const hit = columnsHit(layout, widthPx, Math.min(band.fromX, band.toX), Math.max(band.fromX, band.toX))
  if (hit === null || layout.total === 0 || bottom < layout.headPx) return []
  const ranges: PlaceRange[] = []
  const lastLine = lineAt(layout, bottom)
  for (let line = lineAt(layout, Math.max(layout.headPx, top)); line <= lastLine; line += 1) {
    const tiles = readLine(layout, line)
    if (tiles.kind === 'heading') continue
    const pictureTop = topOf(layout, line) + (layout.view === 'table' ? 0 : PADDING_PX)
    const pictureBottom = pictureTop + (layout.view === 'table' ? layout.rowPx : layout.picturePx)
    if (pictureBottom < top || pictureTop > bottom || hit[0] >= tiles.count) continue
    ranges.push([tiles.firstIndex + hit[0], tiles.firstIndex + Math.min(hit[1], tiles.count - 1)])
  }
  return ranges
}

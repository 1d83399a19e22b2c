/** Limits of a tile's picture, CSS px. */
export const MIN_TILE_PX = 48
export const MAX_TILE_PX = 320
/** What one press of `+` or `-`, or one notch of the wheel, changes. */
const ZOOM_FACTOR = 1.15

/** Space between tiles, and around the picture in a tile, CSS px. */
const GAP_PX = 4
const PADDING_PX = 6
/** Space to the edges of the grid. */
export const EDGE_PX = 12
/**
 * Browsers cannot lay out elements higher than about 33 million px; beyond this the grid takes more columns than would fit
 * best, and so fewer rows.
 */
const MAX_HEIGHT_PX = 30_000_000

/** Where everything in a grid is. Lengths in CSS px. */
export interface GridLayout {
  readonly columns: number
  readonly rowCount: number
  readonly rowPx: number
  readonly picturePx: number
  /** Lines of text under the picture. */
  readonly textLines: 0 | 1 | 2
}

function textLinesFor(tilePx: number): 0 | 1 | 2 {
  if (tilePx < 72) return 0
  return tilePx < 96 ? 1 : 2
}

const TEXT_PX = { 0: 0, 1: 22, 2: 40 } as const

/** Lays `total` tiles of a picture size out in a width. */
export function layOutGrid(widthPx: number, tilePx: number, total: number): GridLayout {
  const usablePx = Math.max(0, widthPx - 2 * EDGE_PX)
  const textLines = textLinesFor(tilePx)
  const rowPx = tilePx + 2 * PADDING_PX + TEXT_PX[textLines] + GAP_PX
  const fitting = Math.max(1, Math.floor((usablePx + GAP_PX) / (tilePx + 2 * PADDING_PX + GAP_PX)))
  const needed = Math.ceil((total * rowPx) / MAX_HEIGHT_PX)
  const columns = Math.max(fitting, needed)
  const cellPx = (usablePx - (columns - 1) * GAP_PX) / columns
  return {
    columns,
    rowCount: Math.ceil(total / columns),
    rowPx,
    picturePx: columns > fitting ? Math.max(16, Math.floor(cellPx - 2 * PADDING_PX)) : tilePx,
    textLines,
  }
}

/** The picture size some steps larger or smaller, within the limits. */
export function zoom(tilePx: number, steps: number): number {
  return Math.round(Math.min(MAX_TILE_PX, Math.max(MIN_TILE_PX, tilePx * ZOOM_FACTOR ** steps)))
}

/** Where a key leads from an index; null when it does not move. */
export function moveIndex(
  key: { readonly key: string; readonly isToEnd: boolean },
  from: number,
  grid: { readonly total: number; readonly columns: number; readonly rowsOnScreen: number; readonly isRtl: boolean },
): number | null {
  const { total, columns, rowsOnScreen, isRtl } = grid
  if (total === 0) return null
  const last = total - 1
  const column = from % columns
  const forward = isRtl ? -1 : 1
  const sameColumnBelow = (to: number) =>
    to > last ? (Math.floor(from / columns) < Math.floor(last / columns) ? last : from) : to
  const sameColumnAbove = (to: number) => (to < 0 ? column : to)
  const page = Math.max(1, rowsOnScreen) * columns
  switch (key.key) {
    case 'ArrowRight':
      return Math.min(last, Math.max(0, from + forward))
    case 'ArrowLeft':
      return Math.min(last, Math.max(0, from - forward))
    case 'ArrowDown':
      return sameColumnBelow(from + columns)
    case 'ArrowUp':
      return from - columns < 0 ? from : from - columns
    case 'PageDown':
      return sameColumnBelow(from + page)
    case 'PageUp':
      return sameColumnAbove(from - page)
    case 'Home':
      return key.isToEnd ? 0 : from - column
    case 'End':
      return key.isToEnd ? last : Math.min(last, from - column + columns - 1)
    default:
      return null
  }
}

import type { GridLayout } from './grid-layout.ts'
import { columnOf, lineAt, lineOf, readLine, topOf } from './grid-layout.ts'

/** What is pressed: a key, whether it means the very end, and what it happens in. */
export interface Move {
  readonly key: string
  /** Home and End lead to the first and the last of all. */
  readonly isToEnd: boolean
  readonly pagePx: number
  readonly isRtl: boolean
}

/** The nearest line of tiles from a line on, going down (1) or up (-1); null when there is none. */
function tilesFrom(layout: GridLayout, line: number, step: 1 | -1): { firstIndex: number; count: number } | null {
  for (let at = line; at >= 0 && at < layout.lineCount; at += step) {
    const found = readLine(layout, at)
    if (found.kind === 'tiles' && found.count > 0) return found
  }
  return null
}

function inColumn({ firstIndex, count }: { firstIndex: number; count: number }, column: number): number {
  return firstIndex + Math.min(column, count - 1)
}

function byPage(layout: GridLayout, from: number, pagePx: number, step: 1 | -1): number {
  const fromPx = topOf(layout, lineOf(layout, from))
  const line = lineAt(layout, Math.max(layout.headPx, fromPx + step * Math.max(layout.rowPx, pagePx)))
  const found = tilesFrom(layout, line, step) ?? tilesFrom(layout, line, step === 1 ? -1 : 1)
  return found === null ? from : inColumn(found, columnOf(layout, from))
}

/** Where a key leads from a place in the order; null when it does not move. */
export function moveIndex(move: Move, from: number, layout: GridLayout): number | null {
  const { total } = layout
  if (total === 0) return null
  const last = total - 1
  const line = lineOf(layout, from)
  const row = readLine(layout, line)
  const column = columnOf(layout, from)
  const forward = move.isRtl ? -1 : 1
  const sideways = (by: number) => (layout.view === 'table' ? null : Math.min(last, Math.max(0, from + by)))
  const toLine = (at: number, step: 1 | -1) => {
    const found = tilesFrom(layout, at, step)
    return found === null ? from : inColumn(found, column)
  }
  switch (move.key) {
    case 'ArrowRight':
      return sideways(forward)
    case 'ArrowLeft':
      return sideways(-forward)
    case 'ArrowDown':
      return toLine(line + 1, 1)
    case 'ArrowUp':
      return toLine(line - 1, -1)
    case 'PageDown':
      return byPage(layout, from, move.pagePx, 1)
    case 'PageUp':
      return byPage(layout, from, move.pagePx, -1)
    case 'Home':
      return move.isToEnd || layout.view === 'table' || row.kind !== 'tiles' ? 0 : row.firstIndex
    case 'End':
      return move.isToEnd || layout.view === 'table' || row.kind !== 'tiles' ? last : row.firstIndex + row.count - 1
    default:
      return null
  }
}

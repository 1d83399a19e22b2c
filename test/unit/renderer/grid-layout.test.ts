import { describe, expect, it } from 'vitest'
import {
  layOutGrid,
  MAX_TILE_PX,
  MIN_TILE_PX,
  moveIndex,
  zoom,
} from '../../../src/renderer/features/grid/grid-layout.ts'

/** The height that browsers can lay out at most, CSS px. */
const BROWSER_LIMIT_PX = 33_000_000

describe('the layout of the grid', () => {
  it('fits as many columns as the width has room for', () => {
    expect(layOutGrid(1000, 112, 50)).toMatchObject({ columns: 7, rowCount: 8, picturePx: 112 })
  })

  it.each([
    { widthPx: 0, columns: 1 },
    { widthPx: 60, columns: 1 },
  ])('has a column in a window of $widthPx px', ({ widthPx, columns }) => {
    expect(layOutGrid(widthPx, 112, 50).columns).toBe(columns)
  })

  it.each([100_000, 300_000])('stays within what a browser can lay out with %i people in one large column', (total) => {
    const { rowCount, rowPx } = layOutGrid(380, MAX_TILE_PX, total)
    expect(rowCount * rowPx).toBeLessThan(BROWSER_LIMIT_PX)
  })

  it('drops the text under tiles that have no room for it', () => {
    expect([MIN_TILE_PX, 80, 112].map((px) => layOutGrid(1000, px, 9).textLines)).toEqual([0, 1, 2])
  })

  it('zooms within its limits', () => {
    expect(zoom(MIN_TILE_PX, -1)).toBe(MIN_TILE_PX)
    expect(zoom(MAX_TILE_PX, 1)).toBe(MAX_TILE_PX)
    expect(zoom(zoom(100, 1), -1)).toBe(100)
  })
})

describe('the keys of the grid', () => {
  // Rows of four:  0 1 2 3 / 4 5 6 7 / 8 9
  const grid = { total: 10, columns: 4, rowsOnScreen: 2, isRtl: false }
  it.each([
    { key: 'ArrowRight', from: 3, to: 4, because: 'the next row follows' },
    { key: 'ArrowRight', from: 9, to: 9, because: 'there is nobody after the last' },
    { key: 'ArrowLeft', from: 0, to: 0, because: 'there is nobody before the first' },
    { key: 'ArrowDown', from: 1, to: 5, because: 'it is below' },
    { key: 'ArrowDown', from: 6, to: 9, because: 'the last row is short' },
    { key: 'ArrowDown', from: 8, to: 8, because: 'there is no row below' },
    { key: 'ArrowUp', from: 5, to: 1, because: 'it is above' },
    { key: 'ArrowUp', from: 2, to: 2, because: 'there is no row above' },
    { key: 'PageDown', from: 0, to: 8, because: 'a screen has two rows' },
    { key: 'PageUp', from: 9, to: 1, because: 'a screen has two rows' },
    { key: 'PageUp', from: 5, to: 1, because: 'the column stays' },
    { key: 'Home', from: 6, to: 4, because: 'the row begins there' },
    { key: 'End', from: 8, to: 9, because: 'the row ends there' },
  ])('$key from $from leads to $to, because $because', ({ key, from, to }) => {
    expect(moveIndex({ key, isToEnd: false }, from, grid)).toBe(to)
  })

  it('goes to the ends with Ctrl', () => {
    expect(moveIndex({ key: 'Home', isToEnd: true }, 6, grid)).toBe(0)
    expect(moveIndex({ key: 'End', isToEnd: true }, 6, grid)).toBe(9)
  })

  it('goes the other way in a right-to-left window', () => {
    expect(moveIndex({ key: 'ArrowLeft', isToEnd: false }, 1, { ...grid, isRtl: true })).toBe(2)
  })

  it('leaves other keys alone', () => {
    expect(moveIndex({ key: 'Enter', isToEnd: false }, 1, grid)).toBeNull()
  })
})

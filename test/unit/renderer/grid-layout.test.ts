import { describe, expect, it } from 'vitest'
import {
  GROUP_PX,
  layOutGrid,
  layOutTable,
  lineAt,
  lineOf,
  MAX_TILE_PX,
  MIN_TILE_PX,
  readLine,
  sectionAtTop,
  TABLE_HEAD_PX,
  topOf,
  zoom,
} from '../../../src/renderer/features/grid/grid-layout.ts'
import { moveIndex } from '../../../src/renderer/features/grid/move-index.ts'

/** The height that browsers can lay out at most, CSS px. */
const BROWSER_LIMIT_PX = 33_000_000

describe('the layout of the grid', () => {
  it('fits as many columns as the width has room for', () => {
    expect(layOutGrid(1000, 112, 50)).toMatchObject({ columns: 7, lineCount: 8, picturePx: 112 })
  })

  it.each([
    { widthPx: 0, columns: 1 },
    { widthPx: 60, columns: 1 },
  ])('has a column in a window of $widthPx px', ({ widthPx, columns }) => {
    expect(layOutGrid(widthPx, 112, 50).columns).toBe(columns)
  })

  it.each([100_000, 300_000])('stays within what a browser can lay out with %i people in one large column', (total) => {
    expect(layOutGrid(380, MAX_TILE_PX, total).heightPx).toBeLessThan(BROWSER_LIMIT_PX)
    expect(layOutTable(total * 10).heightPx).toBeLessThan(BROWSER_LIMIT_PX)
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

/** Four columns. Heading, 0 1 2 3, 4 · heading, 5 6 · heading, 7 8 9 */
const GROUPS = [
  { name: 'Bergen', count: 5 },
  { name: 'Oslo', count: 2 },
  { name: '', count: 3 },
]
const WIDTH_OF_FOUR_PX = 560

describe('the layout of groups', () => {
  const layout = layOutGrid(WIDTH_OF_FOUR_PX, 112, 10, GROUPS)
  const { rowPx } = layout

  it('gives each group a heading and lines of its own', () => {
    expect(layout.columns).toBe(4)
    expect(Array.from({ length: layout.lineCount }, (_, line) => readLine(layout, line))).toMatchObject([
      { kind: 'heading', section: { name: 'Bergen' } },
      { kind: 'tiles', firstIndex: 0, count: 4 },
      { kind: 'tiles', firstIndex: 4, count: 1 },
      { kind: 'heading', section: { name: 'Oslo' } },
      { kind: 'tiles', firstIndex: 5, count: 2 },
      { kind: 'heading', section: { name: '' } },
      { kind: 'tiles', firstIndex: 7, count: 3 },
    ])
    expect(layout.heightPx).toBe(3 * GROUP_PX + 4 * rowPx)
  })

  it('knows the line of everybody, and where each line begins', () => {
    expect([0, 3, 4, 5, 9].map((index) => lineOf(layout, index))).toEqual([1, 1, 2, 4, 6])
    for (let line = 0; line < layout.lineCount; line += 1) {
      expect(lineAt(layout, topOf(layout, line))).toBe(line)
      expect(lineAt(layout, topOf(layout, line) + GROUP_PX - 1)).toBe(line)
    }
    expect(lineAt(layout, 1_000_000)).toBe(6)
  })

  it('knows whose heading stays in sight', () => {
    const oslo = topOf(layout, 3)
    expect([0, oslo - 1, oslo, 1_000_000].map((px) => sectionAtTop(layout, px).name)).toEqual([
      'Bergen',
      'Bergen',
      'Oslo',
      '',
    ])
  })

  it('leaves room above a table for its heading', () => {
    const table = layOutTable(10, GROUPS)
    expect(topOf(table, 0)).toBe(TABLE_HEAD_PX)
    expect(topOf(table, 2) - topOf(table, 1)).toBe(table.rowPx)
    expect(lineOf(table, 5)).toBe(7)
  })
})

describe('the keys of the grid', () => {
  // Rows of four:  0 1 2 3 / 4 5 6 7 / 8 9
  const layout = layOutGrid(WIDTH_OF_FOUR_PX, 112, 10)
  const press = (key: string, more: { isToEnd?: boolean; isRtl?: boolean } = {}) => ({
    key,
    isToEnd: false,
    isRtl: false,
    pagePx: 2 * layout.rowPx,
    ...more,
  })
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
    expect(moveIndex(press(key), from, layout)).toBe(to)
  })

  it('goes to the ends with Ctrl', () => {
    expect(moveIndex(press('Home', { isToEnd: true }), 6, layout)).toBe(0)
    expect(moveIndex(press('End', { isToEnd: true }), 6, layout)).toBe(9)
  })

  it('goes the other way in a right-to-left window', () => {
    expect(moveIndex(press('ArrowLeft', { isRtl: true }), 1, layout)).toBe(2)
  })

  it('leaves other keys alone', () => {
    expect(moveIndex(press('Enter'), 1, layout)).toBeNull()
  })

  it.each([
    { key: 'ArrowDown', from: 2, to: 4, because: 'the row below has one' },
    { key: 'ArrowDown', from: 4, to: 5, because: 'a heading is stepped over' },
    { key: 'ArrowUp', from: 6, to: 4, because: 'the row above has one' },
    { key: 'ArrowRight', from: 4, to: 5, because: 'the next group follows' },
    { key: 'Home', from: 6, to: 5, because: 'the row begins there' },
    { key: 'End', from: 5, to: 6, because: 'the row ends there' },
    { key: 'PageDown', from: 8, to: 8, because: 'it is the last row already' },
    { key: 'PageUp', from: 1, to: 1, because: 'it is the first row already' },
  ])('$key from $from leads to $to among groups, because $because', ({ key, from, to }) => {
    expect(moveIndex(press(key), from, layOutGrid(WIDTH_OF_FOUR_PX, 112, 10, GROUPS))).toBe(to)
  })

  it('goes up and down a table, and not sideways', () => {
    const table = layOutTable(10, GROUPS)
    expect(moveIndex(press('ArrowDown'), 4, table)).toBe(5)
    expect(moveIndex(press('ArrowRight'), 4, table)).toBeNull()
    expect(moveIndex(press('End'), 4, table)).toBe(9)
  })
})

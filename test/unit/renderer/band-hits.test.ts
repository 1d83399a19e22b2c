import { describe, expect, it } from 'vitest'
import { bandHits } from '../../../src/renderer/features/grid/band-hits.ts'
import { GROUP_PX, layOutGrid, layOutTable, TABLE_HEAD_PX } from '../../../src/renderer/features/grid/grid-layout.ts'

const WIDTH_PX = 560
// Four columns of about 131 px with pictures of 112 px in their middle.
const layout = layOutGrid(WIDTH_PX, 112, 10)
const { rowPx } = layout
const band = (fromX: number, fromY: number, toX: number, toY: number) => ({ fromX, fromY, toX, toY })

describe('a rubber band', () => {
  it('touches whose picture it is over', () => {
    expect(bandHits(layout, WIDTH_PX, band(30, 20, 40, 30))).toEqual([[0, 0]])
    expect(bandHits(layout, WIDTH_PX, band(30, 20, 300, 30))).toEqual([[0, 2]])
    expect(bandHits(layout, WIDTH_PX, band(300, rowPx + 30, 30, 20))).toEqual([
      [0, 2],
      [4, 6],
    ])
  })

  it('touches nobody between pictures and beyond the last', () => {
    expect(bandHits(layout, WIDTH_PX, band(2, 10, 10, 1000))).toEqual([])
    expect(bandHits(layout, WIDTH_PX, band(30, 130, 40, 150))).toEqual([])
    expect(bandHits(layout, WIDTH_PX, band(420, 2 * rowPx + 20, 500, 2 * rowPx + 40))).toEqual([])
  })

  it('steps over the headings of groups', () => {
    const groups = [
      { name: 'Bergen', count: 1 },
      { name: 'Oslo', count: 9 },
    ]
    const grouped = layOutGrid(WIDTH_PX, 112, 10, groups)
    expect(bandHits(grouped, WIDTH_PX, band(30, 0, 40, 2 * GROUP_PX + 2 * rowPx - 1))).toEqual([
      [0, 0],
      [1, 1],
    ])
  })

  it('touches the lines of a table wherever it is drawn', () => {
    const table = layOutTable(10)
    expect(bandHits(table, WIDTH_PX, band(500, TABLE_HEAD_PX + 1, 501, TABLE_HEAD_PX + table.rowPx + 1))).toEqual([
      [0, 0],
      [1, 1],
    ])
    expect(bandHits(table, WIDTH_PX, band(500, 0, 501, 5))).toEqual([])
  })
})

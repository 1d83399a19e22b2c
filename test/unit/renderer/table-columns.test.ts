import { describe, expect, it } from 'vitest'
import { columnsFor, TABLE_COLUMNS } from '../../../src/renderer/features/grid/table-columns.ts'

describe('the columns of the table', () => {
  it('are all there in a wide window', () => {
    expect(columnsFor(2000)).toEqual(TABLE_COLUMNS)
  })

  it('leave the less important out in a narrow one, in the same order', () => {
    expect(columnsFor(600)).toEqual(['name', 'department', 'photo', 'pixels'])
    expect(columnsFor(40)).toEqual(['name'])
  })
})

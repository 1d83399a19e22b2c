import { expect, it } from 'vitest'
import { createLineSlots } from '../../../src/renderer/features/grid/line-slots.ts'

const lines = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at)

it('gives a line that comes by in flight the elements of one that went, and moves none', () => {
  const assign = createLineSlots()
  const atRest = assign(lines(0, 4), false)
  expect(atRest).toEqual([0, 1, 2, 3].map((line) => ({ line, slot: line })))
  expect(assign(lines(2, 4), true)).toEqual([
    { line: 5, slot: 0 },
    { line: 4, slot: 1 },
    { line: 2, slot: 2 },
    { line: 3, slot: 3 },
  ])
  expect(assign(lines(50, 4), true).map(({ slot }) => slot)).toEqual([0, 1, 2, 3])
})

it('keeps what is free for when more lines are drawn, and makes new elements only then', () => {
  const assign = createLineSlots()
  assign(lines(0, 6), true)
  assign(lines(0, 4), true)
  expect(assign(lines(0, 7), true).map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4, 5, 6])
})

it('reads in the order of the lines at rest, and makes new elements for who comes then', () => {
  const assign = createLineSlots()
  assign(lines(0, 3), false)
  assign(lines(1, 3), true)
  expect(assign(lines(1, 3), false)).toEqual([
    { line: 1, slot: 1 },
    { line: 2, slot: 2 },
    { line: 3, slot: 0 },
  ])
  expect(assign(lines(2, 3), false).at(-1)).toEqual({ line: 4, slot: 3 })
})

it('keeps the elements of the line that has the keyboard, wherever the grid flies', () => {
  const assign = createLineSlots()
  assign(lines(0, 4), false)
  for (const from of [2, 40, 9_000]) {
    expect(assign([1, ...lines(from, 4)], true).find(({ line }) => line === 1)?.slot).toBe(1)
  }
})

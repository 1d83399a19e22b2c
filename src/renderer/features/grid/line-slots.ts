/** A line that is drawn, and the elements that draw it: the same number is the same elements. */
export interface LineSlot {
  readonly line: number
  readonly slot: number
}

/**
 * Decides which elements draw which line. A line keeps its own for as long as it is drawn. While the grid flies past, a line that
 * comes takes over those of one that went, which costs a fraction of making new ones, and none of them is moved: they come in
 * the order of their slots. At rest they come in the order of their lines, as they are read.
 * @returns a function from the lines that are drawn now, in order
 */
export function createLineSlots(): (lines: readonly number[], isFlying: boolean) => readonly LineSlot[] {
  let slots = new Map<number, number>()
  let free: number[] = []
  let count = 0
  return (lines, isFlying) => {
    const staying = new Set(lines)
    const left = [...slots].filter(([line]) => !staying.has(line)).map(([, slot]) => slot)
    free = isFlying ? [...free, ...left] : []
    const before = slots
    slots = new Map(lines.map((line) => [line, before.get(line) ?? free.pop() ?? count++]))
    const drawn = [...slots].map(([line, slot]) => ({ line, slot }))
    return isFlying ? drawn.sort((a, b) => a.slot - b.slot) : drawn
  }
}

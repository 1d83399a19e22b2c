import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const rectangleSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
})

/** A rectangle on the desktop, in device-independent px. */
export type Rectangle = z.infer<typeof rectangleSchema>

const windowPlaceSchema = z.strictObject({ bounds: rectangleSchema, isMaximized: z.boolean() })

/** Where a window was: its bounds when not maximised, and whether it was. */
export type WindowPlace = z.infer<typeof windowPlaceSchema>

/** The smallest window that everything still fits into, px. */
export const SMALLEST_WINDOW = { width: 720, height: 520 } as const
const FIRST_SIZE = { width: 1280, height: 860 } as const
/** How much of the window's upper edge must be on a display, px: enough to see it and to drag it. */
const VISIBLE_EDGE = { width: 120, height: 32 } as const

/** What a window is opened with. Without `x` and `y` the system finds a place. */
export interface OpeningPlace {
  readonly width: number
  readonly height: number
  readonly x?: number
  readonly y?: number
  readonly isMaximized: boolean
}

/**
 * Where to open the window: where it was, if that is still on a display, else in the middle at the first size.
 * @param workAreas the displays' areas without task bars
 */
export function choosePlace(remembered: WindowPlace | null, workAreas: readonly Rectangle[]): OpeningPlace {
  if (remembered === null) return { ...FIRST_SIZE, isMaximized: false }
  const { bounds, isMaximized } = remembered
  const size = {
    width: Math.max(bounds.width, SMALLEST_WINDOW.width),
    height: Math.max(bounds.height, SMALLEST_WINDOW.height),
  }
  const isSeen = workAreas.some((area) => isGraspable({ ...bounds, ...size }, area))
  return isSeen ? { ...size, x: bounds.x, y: bounds.y, isMaximized } : { ...FIRST_SIZE, isMaximized }
}

function isGraspable(window: Rectangle, area: Rectangle): boolean {
  const seenWidth = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const isEdgeInside = window.y >= area.y && window.y + VISIBLE_EDGE.height <= area.y + area.height
  return isEdgeInside && seenWidth >= VISIBLE_EDGE.width
}

/** Reads where the window was; null when that is not known, or not what was written. */
export function readWindowPlace(file: string): WindowPlace | null {
  try {
    return windowPlaceSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** Remembers where the window is. Synchronous, for a window that is closing. A failure loses the place and nothing else. */
export function saveWindowPlace(file: string, place: WindowPlace): void {
  const half = `${file}.new`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(half, JSON.stringify(place))
    renameSync(half, file)
  } catch {
    // A window that cannot be remembered opens at its first size.
  }
}

import type { Virtualizer } from '@tanstack/react-virtual'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useEngine } from '../../api/engine-context.tsx'
import { createFlight, type Flight } from './flight.ts'
import type { GridLayout } from './grid-layout.ts'
import { GROUP_PX, lineAt, lineOf, readLine, topOf } from './grid-layout.ts'

/** Lines kept ready above and below the screen; and while it flies past, when each is seen for a moment only. */
const OVERSCAN_LINES = 3
const OVERSCAN_LINES_IN_FLIGHT = 1

/** The inner width of an element, CSS px, and every change of it. */
export function useInnerWidth(element: HTMLElement | null): number {
  const [widthPx, setWidthPx] = useState(0)
  useLayoutEffect(() => {
    if (element === null) return
    setWidthPx(element.clientWidth)
    const observer = new ResizeObserver(() => setWidthPx(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return widthPx
}

/** The flight of the grid: kept by what stays when a search finds nobody and the grid is gone for a moment. */
export function useFlight(): Flight {
  const { rows } = useEngine()
  const [flight] = useState(createFlight)
  useEffect(() => {
    let { query } = rows.read()
    // Before the faces of the new query are made, which ask whether it is.
    return rows.subscribe(() => {
      const before = query
      query = rows.read().query
      if (before !== null && query !== before) flight.jumped()
    })
  }, [rows, flight])
  return flight
}

function useFlightOfScroll(scroller: HTMLElement | null, flight: Flight): void {
  useLayoutEffect(() => {
    if (scroller === null) return
    const onScroll = () => flight.moved(scroller.scrollTop, scroller.clientHeight, performance.now())
    // Before the lines are made anew, which ask whether it is.
    scroller.addEventListener('scroll', onScroll, { passive: true, capture: true })
    return () => scroller.removeEventListener('scroll', onScroll, { capture: true })
  }, [scroller, flight])
}

export type GridVirtualizer = Virtualizer<HTMLElement, Element>

/** Lines of the grid that exist as elements: those near the screen, and always the one that has the keyboard. */
export function useGridLines(
  scroller: HTMLElement | null,
  layout: GridLayout,
  activeLine: number,
  flight: Flight,
): GridVirtualizer {
  useFlightOfScroll(scroller, flight)
  const hasGroups = layout.sections[0]?.name !== null
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: layout.lineCount,
    getScrollElement: () => scroller,
    estimateSize: (line) => (readLine(layout, line).kind === 'heading' ? GROUP_PX : layout.rowPx),
    overscan: flight.isFlying() ? OVERSCAN_LINES_IN_FLIGHT : OVERSCAN_LINES,
    paddingStart: layout.headPx,
    // What stays at the top must not cover the line that has the keyboard.
    scrollPaddingStart: layout.headPx + (hasGroups ? GROUP_PX : 0),
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan)
      const to = Math.min(count - 1, endIndex + overscan)
      const lines = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
      if (activeLine < count && (activeLine < from || activeLine > to)) lines.push(activeLine)
      return lines.sort((a, b) => a - b)
    },
  })
  const { rowPx, sections } = layout
  useLayoutEffect(() => {
    if (rowPx > 0 && sections.length > 0) virtualizer.measure()
  }, [virtualizer, rowPx, sections])
  return virtualizer
}

/** First and last place in the order that is on screen, which shows `heightPx` from `topPx` on. */
export function visibleRange(topPx: number, heightPx: number, layout: GridLayout): [number, number] {
  if (layout.total === 0) return [0, 0]
  const first = readLine(layout, lineAt(layout, topPx))
  const last = readLine(layout, lineAt(layout, topPx + heightPx))
  const from = first.kind === 'tiles' ? first.firstIndex : first.section.firstIndex
  const to = last.kind === 'tiles' ? last.firstIndex + last.count - 1 : last.section.firstIndex
  return [from, Math.max(from, Math.min(layout.total - 1, to))]
}

const isSamePlaces = (a: GridLayout, b: GridLayout) =>
  a.columns === b.columns && a.rowPx === b.rowPx && a.headPx === b.headPx

/** Keeps the same people on screen when tiles or columns change: the active one where it is visible, else the first. */
export function useScrollAnchor(scroller: HTMLElement | null, layout: GridLayout, activeIndex: number): void {
  const previous = useRef(layout)
  useLayoutEffect(() => {
    const before = previous.current
    previous.current = layout
    if (scroller === null || before.total !== layout.total || isSamePlaces(before, layout)) return
    const { scrollTop, clientHeight } = scroller
    const activePx = topOf(before, lineOf(before, activeIndex))
    const isActiveVisible = activePx >= scrollTop && activePx < scrollTop + clientHeight
    const [firstIndex] = visibleRange(scrollTop, clientHeight, before)
    const anchorIndex = isActiveVisible ? activeIndex : firstIndex
    // What stands at the top of one view and not of the other covers nobody.
    const offsetPx = (isActiveVisible ? activePx - scrollTop - before.headPx : 0) + layout.headPx
    const anchorPx = topOf(layout, lineOf(layout, anchorIndex))
    // Whoever stood at the very top stays there, as long as that does not push the anchor out of sight.
    const staysAtTop = scrollTop === 0 && anchorPx + layout.rowPx <= clientHeight
    scroller.scrollTop = staysAtTop ? 0 : anchorPx - offsetPx
  }, [scroller, layout, activeIndex])
}

/** Calls back for every notch of Ctrl+wheel over the element. React's own wheel listener cannot stop the page's zoom. */
export function useCtrlWheel(element: HTMLElement | null, onNotch: (steps: number) => void): void {
  const callback = useRef(onNotch)
  useEffect(() => {
    callback.current = onNotch
  })
  useEffect(() => {
    if (element === null) return
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      callback.current(event.deltaY < 0 ? 1 : -1)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [element])
}

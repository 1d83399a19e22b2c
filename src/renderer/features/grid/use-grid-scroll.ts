import type { Virtualizer } from '@tanstack/react-virtual'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { GridLayout } from './grid-layout.ts'

/** Rows kept ready above and below the screen. */
const OVERSCAN_ROWS = 3

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

/** Rows of the grid that exist as elements: those near the screen, and always the one that has the keyboard. */
export function useGridRows(
  scroller: HTMLElement | null,
  layout: GridLayout,
  activeRow: number,
): Virtualizer<HTMLElement, Element> {
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: layout.rowCount,
    getScrollElement: () => scroller,
    estimateSize: () => layout.rowPx,
    overscan: OVERSCAN_ROWS,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan)
      const to = Math.min(count - 1, endIndex + overscan)
      const rows = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
      if (activeRow < count && (activeRow < from || activeRow > to)) rows.push(activeRow)
      return rows.sort((a, b) => a - b)
    },
  })
  const { rowPx } = layout
  useLayoutEffect(() => {
    if (rowPx > 0) virtualizer.measure()
  }, [virtualizer, rowPx])
  return virtualizer
}

/** Keeps the same people on screen when tiles or columns change: the active one where it is visible, else the first. */
export function useScrollAnchor(scroller: HTMLElement | null, layout: GridLayout, activeIndex: number): void {
  const previous = useRef(layout)
  useLayoutEffect(() => {
    const before = previous.current
    previous.current = layout
    if (scroller === null || (before.columns === layout.columns && before.rowPx === layout.rowPx)) return
    const topRow = scroller.scrollTop / before.rowPx
    const activeRow = Math.floor(activeIndex / before.columns)
    const isActiveVisible =
      activeRow >= Math.floor(topRow) && activeRow * before.rowPx < scroller.scrollTop + scroller.clientHeight
    const anchorRow = isActiveVisible ? activeRow : topRow
    const anchorIndex = isActiveVisible ? activeIndex : Math.round(topRow) * before.columns
    const offsetPx = anchorRow * before.rowPx - scroller.scrollTop
    scroller.scrollTop = Math.floor(anchorIndex / layout.columns) * layout.rowPx - (isActiveVisible ? offsetPx : 0)
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

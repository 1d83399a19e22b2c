import type { KeyboardEvent } from 'react'
import type { GridLayout } from './grid-layout.ts'
import type { ActiveTile } from './use-active-tile.ts'

/** Whether something happened in the headings of the table. */
export function isHead(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[role="columnheader"]') !== null
}

/** Which heading a key leads to from another, of `count`; null: none. */
export function headAfter(key: string, at: number, count: number, isRtl: boolean): number | null {
  const forward = isRtl ? 'ArrowLeft' : 'ArrowRight'
  const back = isRtl ? 'ArrowRight' : 'ArrowLeft'
  if (key === forward) return Math.min(count - 1, at + 1)
  if (key === back) return Math.max(0, at - 1)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}

/** The headings are above the first person: Up leads to them, Left and Right along them, Down back; Enter sorts. */
export function useHeadKeys(parts: {
  layout: GridLayout
  scroller: HTMLElement | null
  active: ActiveTile
}): (event: KeyboardEvent) => boolean {
  const { layout, scroller, active } = parts
  const buttons = () => [...(scroller?.querySelectorAll<HTMLElement>('[role="columnheader"] button') ?? [])]
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    if (!isHead(event.target)) {
      if (layout.view !== 'table' || event.key !== 'ArrowUp' || event.shiftKey || active.index !== 0) return false
      buttons()[0]?.focus()
      return true
    }
    if (event.key === 'ArrowDown' || event.key === 'Escape') {
      active.focus(active.index)
      return true
    }
    const all = buttons()
    const at = all.findIndex((button) => button.contains(event.target as Node))
    const next = headAfter(event.key, at, all.length, document.dir === 'rtl')
    if (next === null) return false
    all[next]?.focus()
    return true
  }
}

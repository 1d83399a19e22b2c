import type { KeyboardEvent, MouseEvent } from 'react'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { PeopleRowsSnapshot } from '../../api/people-rows.ts'
import type { GridLayout } from './grid-layout.ts'
import { GROUP_PX } from './grid-layout.ts'
import { moveIndex } from './move-index.ts'
import type { Selection } from './selection.ts'
import { isSelected } from './selection.ts'
import type { ActiveTile } from './use-active-tile.ts'
import type { GridSelection } from './use-grid-selection.ts'
import { isHead, useHeadKeys } from './use-head-keys.ts'
import { useTypeAhead } from './use-type-ahead.ts'

/** What a grid does with clicks and keys. */
export interface GridInputParts {
  readonly rows: PeopleRowsSnapshot
  readonly selection: Selection
  readonly select: GridSelection
  readonly active: ActiveTile
  readonly layout: GridLayout
  readonly scroller: HTMLElement | null
  readonly onOpen: (address: SmtpAddress) => void
  /** Space: a large view of the active one. */
  readonly onQuickLook: (index: number) => void
  readonly onActiveChange: (address: SmtpAddress) => void
  readonly onMenu: (address: SmtpAddress, index: number, at: { x: number; y: number }) => void
}

function indexOf(target: EventTarget): number | null {
  const tile = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
  return tile === null ? null : Number(tile.dataset['index'])
}

/** The places of the group whose heading was hit. */
function groupOf(target: EventTarget): { first: number; last: number } | null {
  const heading = target instanceof Element ? target.closest<HTMLElement>('[data-group-first]') : null
  if (heading === null) return null
  const first = Number(heading.dataset['groupFirst'])
  return { first, last: first + Number(heading.dataset['groupCount']) - 1 }
}

function isCheck(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[data-check]') !== null
}

/** Where a menu belongs: at the pointer, or in the middle of the tile when the menu key asked for it. CSS px. */
function menuPlace(event: MouseEvent): { x: number; y: number } {
  const isByKey = event.clientX === 0 && event.clientY === 0
  const box =
    event.target instanceof Element ? event.target.closest('[data-index]')?.getBoundingClientRect() : undefined
  if (!isByKey || box === undefined) return { x: event.clientX, y: event.clientY }
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
}

function useMouse(parts: GridInputParts, goTo: (index: number) => void) {
  const { rows, select, active } = parts
  return {
    onClick(event: MouseEvent) {
      const index = indexOf(event.target)
      const isCtrl = event.ctrlKey || event.metaKey || isCheck(event.target)
      if (index === null) {
        const group = groupOf(event.target)
        if (group !== null) return select.pickRange(group.first, group.last, isCtrl)
        return isHead(event.target) || isCtrl || event.shiftKey ? undefined : select.none()
      }
      select.pick(index, { isCtrl, isShift: event.shiftKey })
      goTo(index)
    },
    onDoubleClick(event: MouseEvent) {
      const row = rows.rowAt(indexOf(event.target) ?? -1)
      if (row !== null && !isCheck(event.target)) parts.onOpen(row.address)
    },
    onContextMenu(event: MouseEvent) {
      const index = indexOf(event.target)
      const row = index === null ? null : rows.rowAt(index)
      if (index === null || row === null) return
      event.preventDefault()
      if (!isSelected(parts.selection, row.address)) select.pick(index, { isCtrl: false, isShift: false })
      active.focus(index)
      parts.onMenu(row.address, index, menuPlace(event))
    },
  }
}

function useKeys(parts: GridInputParts, goTo: (index: number) => void) {
  // The compiler would ask while rendering for the height that a key needs, and the page be laid out for it each time.
  'use no memo'
  const { rows, select, active, layout, scroller } = parts
  const jump = useTypeAhead(rows.query, (index) => {
    goTo(index)
    select.pick(index, { isCtrl: false, isShift: false })
  })

  const moveInHead = useHeadKeys(parts)

  function move(event: KeyboardEvent, isCtrl: boolean): boolean {
    const pagePx = (scroller?.clientHeight ?? 0) - layout.headPx - GROUP_PX
    const pressed = { key: event.key, isToEnd: isCtrl, pagePx, isRtl: document.dir === 'rtl' }
    const to = moveIndex(pressed, active.index, layout)
    if (to === null) return false
    goTo(to)
    // Home and End need Ctrl to reach the ends, so with them it does not mean "without selecting".
    const isFocusOnly = isCtrl && event.key !== 'Home' && event.key !== 'End'
    if (event.shiftKey) select.pick(to, { isCtrl: isFocusOnly, isShift: true })
    else if (!isFocusOnly) select.pick(to, { isCtrl: false, isShift: false })
    return true
  }
  function act(event: KeyboardEvent, isCtrl: boolean): boolean {
    const row = rows.rowAt(active.index)
    const isLetter = /^[\p{L}\p{N}]$/u.test(event.key) || (event.key === ' ' && jump.isTyping())
    if (isLetter && !isCtrl && !event.altKey) jump.type(event.key, active.index)
    else if (event.key === ' ' && (isCtrl || event.shiftKey))
      select.pick(active.index, { isCtrl, isShift: event.shiftKey })
    else if (event.key === ' ') parts.onQuickLook(active.index)
    else if (event.key === 'Enter' && row !== null) parts.onOpen(row.address)
    else return false
    return true
  }
  return {
    onKeyDown(event: KeyboardEvent) {
      const isCtrl = event.ctrlKey || event.metaKey
      const isDone = moveInHead(event) || (!isHead(event.target) && (move(event, isCtrl) || act(event, isCtrl)))
      if (!isDone) return
      event.preventDefault()
      event.stopPropagation()
    },
  }
}

/** Listeners for the whole grid: tiles have none of their own. */
export function useGridInput(parts: GridInputParts) {
  const goTo = (index: number) => {
    parts.active.focus(index)
    const row = parts.rows.rowAt(index)
    if (row !== null) parts.onActiveChange(row.address)
  }
  return { ...useMouse(parts, goTo), ...useKeys(parts, goTo) }
}

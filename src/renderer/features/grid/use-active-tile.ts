import type { Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import type { PeopleRowsSnapshot } from '../../api/people-rows.ts'
import type { GridLayout } from './grid-layout.ts'
import { lineOf } from './grid-layout.ts'

/** Which tile has the keyboard: the grid's one tab stop. */
export interface ActiveTile {
  readonly index: number
  /** Makes a tile the active one and gives it the focus. */
  focus(index: number): void
  /** Makes a tile the active one and brings it on screen, and leaves the focus where it is. */
  show(index: number): void
}

/** Which tile is active. The person stays active when the order changes; a new query begins at its first. */
export function useActiveIndex(rows: PeopleRowsSnapshot): [number, (index: number) => void] {
  const { client } = useEngine()
  const [index, setIndex] = useState(0)
  const person = useRef<{ address: SmtpAddress | null; query: PeopleRowsSnapshot['query'] }>({
    address: null,
    query: null,
  })
  const { query, total } = rows
  const addressNow = rows.rowAt(index)?.address ?? null

  useEffect(() => {
    const before = person.current
    if (before.query !== query) {
      person.current = { address: null, query }
      setIndex(0)
      return
    }
    if (index >= total && total > 0) setIndex(total - 1)
    if (before.address === null || addressNow === null || addressNow === before.address || query === null) return
    const { address } = before
    client.people.findPosition({ query, address }).then(
      (position) => {
        if (person.current.address !== address) return
        if (position === null) person.current = { address: null, query }
        else setIndex(position)
      },
      () => undefined,
    )
  }, [client, query, total, index, addressNow])

  const set = useCallback(
    (next: number) => {
      person.current = { address: rows.rowAt(next)?.address ?? null, query: rows.query }
      setIndex(next)
    },
    [rows],
  )
  return [index, set]
}

/** Gives the active tile the focus after it moved, and brings it on screen, by as little as that takes. */
export function useTileFocus(
  scroller: HTMLElement | null,
  virtualizer: Virtualizer<HTMLElement, Element>,
  layout: GridLayout,
  [index, setIndex]: readonly [number, (index: number) => void],
): ActiveTile {
  // What has the focus is asked while rendering: it must not be remembered.
  'use no memo'
  const [request, setRequest] = useState<{ index: number; takesFocus: boolean } | null>(null)
  useLayoutEffect(() => {
    if (request === null || scroller === null) return
    if (request.takesFocus) focusTile(scroller, request.index)
    virtualizer.scrollToIndex(lineOf(layout, request.index), { align: 'auto' })
    // Only a new request moves the focus: a change of the columns must not take it from where it is.
  }, [request])
  // A change of the columns or of the order moves tiles to other rows, which makes new elements of them: the keyboard would be
  // lost with the old one.
  const hadFocus = scroller?.contains(document.activeElement) === true && document.activeElement !== scroller
  useLayoutEffect(() => {
    if (!hadFocus || scroller === null || scroller.contains(document.activeElement)) return
    focusTile(scroller, index)
  })
  const goTo = useCallback(
    (next: number, takesFocus: boolean) => {
      setIndex(next)
      setRequest({ index: next, takesFocus })
    },
    [setIndex],
  )
  return { index, focus: (next) => goTo(next, true), show: (next) => goTo(next, false) }
}

function focusTile(scroller: HTMLElement, index: number): void {
  scroller.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true })
}

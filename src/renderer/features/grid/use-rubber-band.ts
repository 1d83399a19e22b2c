import type { PointerEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import type { PeopleRowsSnapshot } from '../../api/people-rows.ts'
import type { Band } from './band-hits.ts'
import { bandHits } from './band-hits.ts'
import type { GridLayout } from './grid-layout.ts'
import type { Selection } from './selection.ts'
import { selectAddresses, withAddresses } from './selection.ts'

/** How far a press must move to be a band and not a click, CSS px. */
const BEGIN_PX = 5
/** How near to the edge the grid begins to scroll, and how fast at most, CSS px and CSS px a frame. */
const EDGE_PX = 28
const MOST_PX = 40

interface Drag {
  readonly pointerId: number
  readonly before: Selection
  readonly isAdded: boolean
  readonly fromX: number
  readonly fromY: number
  clientX: number
  clientY: number
  isBand: boolean
  /** Everybody in the order, asked for once when the band reaches people who are not loaded. */
  everybody: readonly SmtpAddress[] | 'asked' | null
}

/** How a pointer beyond or near an edge scrolls, CSS px a frame. */
function scrollStep(clientY: number, top: number, bottom: number): number {
  const beyond = clientY < top + EDGE_PX ? clientY - top - EDGE_PX : Math.max(0, clientY - bottom + EDGE_PX)
  return Math.sign(beyond) * Math.min(MOST_PX, Math.abs(beyond) / 2)
}

interface BandParts {
  readonly scroller: HTMLElement | null
  readonly rows: PeopleRowsSnapshot
  readonly layout: GridLayout
  readonly selection: Selection
  readonly onSelectionChange: (selection: Selection) => void
}

/**
 * Selects with a rubber band (F31): from anywhere but a picture, over as many screens as it takes. Ctrl or Shift adds to what
 * is selected; Esc takes it back.
 */
export function useRubberBand(parts: BandParts) {
  // The compiler would ask while rendering for the width that a drag needs, and the page be laid out for it each time.
  'use no memo'
  const { scroller } = parts
  const { client } = useEngine()
  const [band, setBand] = useState<Band | null>(null)
  const drag = useRef<Drag | null>(null)
  const endedMs = useRef(Number.NEGATIVE_INFINITY)
  const latest = useRef(parts)
  useEffect(() => {
    latest.current = parts
  })

  /** A point of the window as a point of the grid. */
  function placeOf(clientX: number, clientY: number): { x: number; y: number } {
    const box = scroller?.getBoundingClientRect() ?? new DOMRect()
    const widthPx = scroller?.clientWidth ?? 0
    const x = Math.max(0, Math.min(widthPx, clientX - box.left))
    const y = Math.max(0, Math.min(latest.current.layout.heightPx, clientY - box.top + (scroller?.scrollTop ?? 0)))
    return { x: document.dir === 'rtl' ? widthPx - x : x, y }
  }
  function addressesIn(held: Drag, at: Band): SmtpAddress[] {
    const { rows, layout } = latest.current
    const addresses: SmtpAddress[] = []
    for (const [first, last] of bandHits(layout, scroller?.clientWidth ?? 0, at)) {
      for (let index = first; index <= last; index += 1) {
        const address =
          rows.rowAt(index)?.address ?? (Array.isArray(held.everybody) ? held.everybody[index] : undefined)
        if (address !== undefined) addresses.push(address)
        else askForEverybody(held)
      }
    }
    return addresses
  }
  function askForEverybody(held: Drag): void {
    const { query } = latest.current.rows
    if (held.everybody !== null || query === null) return
    held.everybody = 'asked'
    client.people.listAddresses({ query }).then(
      (everybody) => {
        held.everybody = everybody
        if (drag.current === held) stretch(held)
      },
      () => undefined,
    )
  }
  function stretch(held: Drag): void {
    const { x, y } = placeOf(held.clientX, held.clientY)
    const next: Band = { fromX: held.fromX, fromY: held.fromY, toX: x, toY: y }
    setBand(next)
    const addresses = addressesIn(held, next)
    latest.current.onSelectionChange(held.isAdded ? withAddresses(held.before, addresses) : selectAddresses(addresses))
  }
  function scrollAlong(held: Drag): void {
    if (drag.current !== held || scroller === null) return
    const { top, bottom } = scroller.getBoundingClientRect()
    const stepPx = scrollStep(held.clientY, top + latest.current.layout.headPx, bottom)
    const beforePx = scroller.scrollTop
    if (stepPx !== 0) scroller.scrollTop += stepPx
    if (scroller.scrollTop !== beforePx) stretch(held)
    requestAnimationFrame(() => scrollAlong(held))
  }
  function end(): void {
    if (drag.current?.isBand === true) endedMs.current = performance.now()
    drag.current = null
    setBand(null)
  }

  useEffect(() => {
    if (band === null) return
    const takeBack = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || drag.current === null) return
      event.preventDefault()
      event.stopPropagation()
      latest.current.onSelectionChange(drag.current.before)
      drag.current = null
      setBand(null)
    }
    window.addEventListener('keydown', takeBack, true)
    return () => window.removeEventListener('keydown', takeBack, true)
  }, [band])

  return {
    band,
    /** Whether a click is only the end of a band. */
    isEndOfBand: () => performance.now() - endedMs.current < 50,
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const { target } = event
      const isOnScrollbar =
        scroller !== null && event.clientX > scroller.getBoundingClientRect().left + scroller.clientWidth
      if (event.button !== 0 || event.pointerType !== 'mouse' || isOnScrollbar || !(target instanceof Element)) return
      if (target.closest('[data-picture], [data-check], button') !== null) return
      const { x, y } = placeOf(event.clientX, event.clientY)
      drag.current = {
        pointerId: event.pointerId,
        before: latest.current.selection,
        isAdded: event.ctrlKey || event.metaKey || event.shiftKey,
        fromX: x,
        fromY: y,
        clientX: event.clientX,
        clientY: event.clientY,
        isBand: false,
        everybody: null,
      }
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const held = drag.current
      if (held === null || held.pointerId !== event.pointerId) return
      const isFar = Math.hypot(event.clientX - held.clientX, event.clientY - held.clientY) >= BEGIN_PX
      if (!held.isBand && !isFar) return
      held.clientX = event.clientX
      held.clientY = event.clientY
      if (!held.isBand) {
        held.isBand = true
        event.currentTarget.setPointerCapture(event.pointerId)
        scrollAlong(held)
      }
      stretch(held)
    },
    onPointerUp: end,
    onPointerCancel: end,
  }
}

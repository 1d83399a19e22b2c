// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid; a <table> cannot be virtualised in two dimensions
import { makeStyles, tokens } from '@fluentui/react-components'
import type { MouseEvent, PointerEvent, Ref } from 'react'
import { useEffect, useImperativeHandle, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { atMostEvery } from '../../api/at-most-every.ts'
import { useEngine } from '../../api/engine-context.tsx'
import type { PeopleRowsSnapshot } from '../../api/people-rows.ts'
import { usePeopleRows } from '../../api/queries.ts'
import type { Flight } from './flight.ts'
import { FlightLabel } from './flight-label.tsx'
import type { GridLayout } from './grid-layout.ts'
import { EDGE_PX, layOutGrid, layOutTable, lineOf, sectionAtTop } from './grid-layout.ts'
import { GridLines } from './grid-rows.tsx'
import { StickyHeading } from './group-heading.tsx'
import type { TileLook } from './person-tile.tsx'
import { RubberBand } from './rubber-band.tsx'
import type { Selection } from './selection.ts'
import { columnsFor } from './table-columns.ts'
import type { TableOrder } from './table-head.tsx'
import { TableHead } from './table-head.tsx'
import { useTileWords } from './tile-words.ts'
import { useActiveIndex, useTileFocus } from './use-active-tile.ts'
import { useGridInput } from './use-grid-input.ts'
import {
  type GridVirtualizer,
  useCtrlWheel,
  useGridLines,
  useInnerWidth,
  useScrollAnchor,
  visibleRange,
} from './use-grid-scroll.ts'
import { useGridSelection } from './use-grid-selection.ts'
import { useRubberBand } from './use-rubber-band.ts'
import { useWantedPhotos } from './use-wanted-photos.ts'

/** How often windows of rows are asked for while the grid moves, ms. */
const VIEWPORT_MS = 30
/** How long a changed photo is marked as such, ms. */
const CHANGED_LATELY_MS = 30 * 86_400_000

const useStyles = makeStyles({
  scroller: {
    height: '100%',
    overflowY: 'scroll',
    overflowX: 'hidden',
    outline: 'none',
    contain: 'strict',
    overflowAnchor: 'none',
    userSelect: 'none',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  lines: { position: 'relative', width: '100%' },
})

/** What the window around the grid can ask of it. */
export interface PeopleGridHandle {
  /** Gives the keyboard to the tile that had it last. */
  focusActive(): void
  /** Makes somebody the active one, and the only one selected if asked, and leaves the keyboard where it is. */
  show(index: number, isSelected: boolean): void
  selectAll(): void
  selectNone(): void
  invertSelection(): void
}

export interface PeopleGridProps {
  readonly ref: Ref<PeopleGridHandle>
  readonly flight: Flight
  readonly selection: Selection
  readonly onSelectionChange: (selection: Selection) => void
  readonly view: 'faces' | 'table'
  /** The order, which the headings of the table show and change. */
  readonly order: TableOrder
  readonly tilePx: number
  readonly isRound: boolean
  readonly photoBase: string
  readonly isAsking: boolean
  /** Enter or a double click. */
  readonly onOpen: (address: SmtpAddress) => void
  /** Space: a large view of whoever is active. */
  readonly onQuickLook: (index: number) => void
  /** A tile became the active one. */
  readonly onActiveChange: (address: SmtpAddress) => void
  readonly onZoom: (steps: number) => void
  /** A right click or the menu key: on whom, and where (CSS px in the window). */
  readonly onMenu: (address: SmtpAddress, index: number, at: { x: number; y: number }) => void
}

type GridParts = PeopleGridProps & { readonly rows: PeopleRowsSnapshot }

/** Tells the rows what is on screen: at once, and while it moves only every so often. */
function useViewport(first: number, last: number): void {
  const { rows } = useEngine()
  const report = useMemo(() => {
    let seen = { first: 0, last: 0 }
    const tell = atMostEvery(VIEWPORT_MS, () => {
      rows.setViewport(seen.first, seen.last)
      return undefined
    })
    return (next: { first: number; last: number }) => {
      seen = next
      tell()
    }
  }, [rows])
  useEffect(() => report({ first, last }), [report, first, last])
}

function useTileLook(props: GridParts, { picturePx, textLines }: GridLayout, flight: Flight): TileLook {
  const { isRound, photoBase, isAsking } = props
  const [changedSinceMs] = useState(() => Date.now() - CHANGED_LATELY_MS)
  // The heading of a group says the department already.
  const usualFact = props.rows.query?.group === 'department' ? 'title' : 'department'
  const words = useTileWords()
  return useMemo(
    () => ({ picturePx, textLines, isRound, photoBase, isAsking, changedSinceMs, usualFact, flight, words }),
    [picturePx, textLines, isRound, photoBase, isAsking, changedSinceMs, usualFact, flight, words],
  )
}

/** Holds a new order back while the pointer is over the grid, and begins a new query at its top. */
function useSteadyGrid(lines: GridVirtualizer, query: PeopleRowsSnapshot['query']) {
  const { rows } = useEngine()
  useEffect(() => {
    // Scrolling to where it is would lay out all that is new before its time.
    if (query !== null && lines.scrollOffset !== 0) lines.scrollElement?.scrollTo({ top: 0 })
  }, [lines, query])
  useEffect(() => () => rows.setHeld(false), [rows])
  return {
    onPointerMove: (event: PointerEvent) => rows.setHeld(event.pointerType === 'mouse'),
    onPointerLeave: () => rows.setHeld(false),
  }
}

function useLayout({ rows, view, tilePx }: GridParts, widthPx: number): GridLayout {
  const { total, groups } = rows
  return useMemo(
    () => (view === 'table' ? layOutTable(total, groups) : layOutGrid(widthPx, tilePx, total, groups)),
    [view, widthPx, tilePx, total, groups],
  )
}

/** Everybody whom a query finds, as faces or as a table: any number of them, with one tab stop (F27–F31, F34, F37, F38, F98). */
export function PeopleGrid(asked: PeopleGridProps) {
  // Where it is scrolled to is asked while rendering: it must not be remembered.
  'use no memo'
  const styles = useStyles()
  const { t } = useTranslation()
  const rows = usePeopleRows()
  const props: GridParts = { ...asked, rows }
  const { selection, view } = props
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const widthPx = useInnerWidth(scroller)
  const layout = useLayout(props, widthPx)
  const { flight } = props
  const look = useTileLook(props, layout, flight)
  const tableColumns = useMemo(() => columnsFor(widthPx - 2 * EDGE_PX), [widthPx])
  const activeIndex = useActiveIndex(rows)
  const virtualizer = useGridLines(scroller, layout, lineOf(layout, activeIndex[0]), flight)
  const active = useTileFocus(scroller, virtualizer, layout, activeIndex)
  useScrollAnchor(scroller, layout, active.index)
  // Asking the element itself would lay out all that is new before its time.
  const topPx = virtualizer.scrollOffset ?? 0
  const [first, last] = visibleRange(topPx, virtualizer.scrollRect?.height ?? 0, layout)
  useViewport(first, last)
  useWantedPhotos(rows, first, last)
  useCtrlWheel(scroller, props.onZoom)
  const steady = useSteadyGrid(virtualizer, rows.query)
  const select = useGridSelection(rows, selection, props.onSelectionChange)
  const input = useGridInput({ ...props, select, active, layout, scroller })
  const { band, isEndOfBand, ...bandInput } = useRubberBand({ ...props, scroller, layout })
  useImperativeHandle(props.ref, () => ({
    focusActive: () => active.focus(active.index),
    show: (index, isChosen) => {
      active.show(index)
      if (isChosen) select.pick(index, { isCtrl: false, isShift: false })
    },
    selectAll: select.all,
    selectNone: select.none,
    invertSelection: select.inverted,
  }))
  const listeners = {
    ...input,
    ...bandInput,
    onClick: (event: MouseEvent) => !isEndOfBand() && input.onClick(event),
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      steady.onPointerMove(event)
      bandInput.onPointerMove(event)
    },
    onPointerLeave: steady.onPointerLeave,
  }
  const isTable = view === 'table'
  const hiddenPx = virtualizer.getTotalSize() - (virtualizer.scrollRect?.height ?? 0)
  return (
    <>
      <div
        ref={setScroller}
        className={styles.scroller}
        role="grid"
        aria-label={t('grid.label')}
        aria-multiselectable="true"
        aria-rowcount={layout.lineCount + (isTable ? 1 : 0)}
        aria-colcount={isTable ? tableColumns.length : layout.columns}
        tabIndex={-1}
        {...listeners}
      >
        {isTable && <TableHead columns={tableColumns} order={props.order} />}
        <StickyHeading section={sectionAtTop(layout, topPx + layout.headPx)} topPx={layout.headPx} />
        <div
          role="presentation"
          className={styles.lines}
          style={{ height: virtualizer.getTotalSize(), marginTop: -layout.headPx }}
        >
          <GridLines
            items={virtualizer.getVirtualItems()}
            {...{ rows, selection, layout, look, tableColumns }}
            activeIndex={active.index}
          />
          {band !== null && <RubberBand band={band} />}
        </div>
      </div>
      <FlightLabel rows={rows} index={first} share={Math.min(1, topPx / Math.max(1, hiddenPx))} />
    </>
  )
}

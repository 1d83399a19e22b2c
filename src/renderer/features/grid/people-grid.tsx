// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid; a <table> cannot be virtualised in two dimensions
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells of an ARIA grid take the focus, its rows do not
import { makeStyles, tokens } from '@fluentui/react-components'
import type { VirtualItem } from '@tanstack/react-virtual'
import type { CSSProperties, PointerEvent, Ref } from 'react'
import { useEffect, useImperativeHandle, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { atMostEvery } from '../../api/at-most-every.ts'
import { useEngine } from '../../api/engine-context.tsx'
import type { PeopleRowsSnapshot } from '../../api/people-rows.ts'
import type { GridLayout } from './grid-layout.ts'
import { EDGE_PX, layOutGrid } from './grid-layout.ts'
import type { TileLook } from './person-tile.tsx'
import { PersonTile, PlaceholderTile } from './person-tile.tsx'
import type { Selection } from './selection.ts'
import { isSelected } from './selection.ts'
import { useActiveIndex, useTileFocus } from './use-active-tile.ts'
import { useGridInput } from './use-grid-input.ts'
import { useCtrlWheel, useGridRows, useInnerWidth, useScrollAnchor } from './use-grid-scroll.ts'
import { useGridSelection } from './use-grid-selection.ts'
import { useWantedPhotos } from './use-wanted-photos.ts'

/** How often windows of rows are asked for while the grid moves, ms. */
const VIEWPORT_MS = 60

const useStyles = makeStyles({
  scroller: {
    height: '100%',
    overflowY: 'scroll',
    overflowX: 'hidden',
    outline: 'none',
    contain: 'strict',
    overflowAnchor: 'none',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  rows: { position: 'relative', width: '100%' },
  row: {
    position: 'absolute',
    top: 0,
    insetInlineStart: 0,
    width: '100%',
    boxSizing: 'border-box',
    display: 'grid',
    columnGap: '4px',
    alignItems: 'start',
    paddingInline: `${EDGE_PX}px`,
  },
})

/** What the window around the grid can ask of it. */
export interface PeopleGridHandle {
  /** Gives the keyboard to the tile that had it last. */
  focusActive(): void
  selectAll(): void
  selectNone(): void
  invertSelection(): void
}

export interface PeopleGridProps {
  readonly ref: Ref<PeopleGridHandle>
  readonly rows: PeopleRowsSnapshot
  readonly selection: Selection
  readonly onSelectionChange: (selection: Selection) => void
  readonly tilePx: number
  readonly isRound: boolean
  readonly photoBase: string
  readonly isAsking: boolean
  /** Enter or a double click. */
  readonly onOpen: (address: SmtpAddress) => void
  /** A tile became the active one. */
  readonly onActiveChange: (address: SmtpAddress) => void
  readonly onZoom: (steps: number) => void
  /** A right click or the menu key: on whom, and where (CSS px in the window). */
  readonly onMenu: (address: SmtpAddress, at: { x: number; y: number }) => void
}

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

/** First and last index on screen. */
function visibleRange(scroller: HTMLElement | null, layout: GridLayout, total: number): [number, number] {
  if (scroller === null) return [0, 0]
  const firstRow = Math.floor(scroller.scrollTop / layout.rowPx)
  const lastRow = Math.floor((scroller.scrollTop + scroller.clientHeight) / layout.rowPx)
  return [firstRow * layout.columns, Math.max(0, Math.min(total, (lastRow + 1) * layout.columns) - 1)]
}

/** The rows near the screen. */
function GridRows(props: {
  items: readonly VirtualItem[]
  rows: PeopleRowsSnapshot
  selection: Selection
  columns: number
  activeIndex: number
  look: TileLook
}) {
  const styles = useStyles()
  const { rows, selection, columns, look } = props
  const tile = (index: number, column: number) => {
    const row = rows.rowAt(index)
    const isActive = index === props.activeIndex
    if (row === null) {
      return <PlaceholderTile key={index} index={index} column={column} isActive={isActive} look={look} />
    }
    const isChosen = isSelected(selection, row.address)
    return <PersonTile key={row.address} {...{ row, index, column, isActive, look }} isSelected={isChosen} />
  }
  return props.items.map((item) => {
    const from = item.index * columns
    const count = Math.max(0, Math.min(columns, rows.total - from))
    const place: CSSProperties = {
      transform: `translateY(${item.start}px)`,
      gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
    }
    return (
      <div key={item.index} role="row" aria-rowindex={item.index + 1} className={styles.row} style={place}>
        {Array.from({ length: count }, (_, column) => tile(from + column, column))}
      </div>
    )
  })
}

function useTileLook(props: PeopleGridProps, { picturePx, textLines }: GridLayout): TileLook {
  const { isRound, photoBase, isAsking } = props
  return useMemo(
    () => ({ picturePx, textLines, isRound, photoBase, isAsking }),
    [picturePx, textLines, isRound, photoBase, isAsking],
  )
}

/** Holds a new order back while the pointer is over the grid, and begins a new query at its top. */
function useSteadyGrid(scroller: HTMLElement | null, query: PeopleRowsSnapshot['query']) {
  const { rows } = useEngine()
  useEffect(() => {
    if (query !== null) scroller?.scrollTo({ top: 0 })
  }, [scroller, query])
  useEffect(() => () => rows.setHeld(false), [rows])
  return {
    onPointerMove: (event: PointerEvent) => rows.setHeld(event.pointerType === 'mouse'),
    onPointerLeave: () => rows.setHeld(false),
  }
}

/** Faces of everybody whom a query finds: any number of them, with one tab stop (F27–F30, F37, F98). */
export function PeopleGrid(props: PeopleGridProps) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { rows, selection, tilePx } = props
  const { total } = rows
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const widthPx = useInnerWidth(scroller)
  const layout = useMemo(() => layOutGrid(widthPx, tilePx, total), [widthPx, tilePx, total])
  const look = useTileLook(props, layout)
  const activeIndex = useActiveIndex(rows)
  const virtualizer = useGridRows(scroller, layout, Math.floor(activeIndex[0] / layout.columns))
  const active = useTileFocus(scroller, virtualizer, layout.columns, activeIndex)
  useScrollAnchor(scroller, layout, active.index)
  const [first, last] = visibleRange(scroller, layout, total)
  useViewport(first, last)
  useWantedPhotos(rows, first, last)
  useCtrlWheel(scroller, props.onZoom)
  const steady = useSteadyGrid(scroller, rows.query)
  const select = useGridSelection(rows, selection, props.onSelectionChange)
  const input = useGridInput({ ...props, select, active, layout, scroller })
  useImperativeHandle(props.ref, () => ({
    focusActive: () => active.focus(active.index),
    selectAll: select.all,
    selectNone: select.none,
    invertSelection: select.inverted,
  }))
  return (
    <div
      ref={setScroller}
      className={styles.scroller}
      role="grid"
      aria-label={t('grid.label')}
      aria-multiselectable="true"
      aria-rowcount={layout.rowCount}
      aria-colcount={layout.columns}
      tabIndex={-1}
      {...input}
      {...steady}
    >
      <div role="presentation" className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
        <GridRows
          items={virtualizer.getVirtualItems()}
          rows={rows}
          selection={selection}
          columns={layout.columns}
          activeIndex={active.index}
          look={look}
        />
      </div>
    </div>
  )
}

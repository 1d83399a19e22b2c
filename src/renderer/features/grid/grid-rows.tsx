// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid; a <table> cannot be virtualised in two dimensions
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells of an ARIA grid take the focus, its rows do not
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { VirtualItem } from '@tanstack/react-virtual'
import type { CSSProperties } from 'react'
import { useEffect, useMemo, useReducer, useState } from 'react'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { PeopleRowsSnapshot } from '../../api/people-rows.ts'
import { FlyingTile, flyingLook } from './flying-tile.tsx'
import type { GridLayout } from './grid-layout.ts'
import { EDGE_PX, GAP_PX, readLine } from './grid-layout.ts'
import { GroupHeading } from './group-heading.tsx'
import { createLineSlots } from './line-slots.ts'
import type { TileLook } from './person-tile.tsx'
import { PersonTile } from './person-tile.tsx'
import type { Selection } from './selection.ts'
import { isSelected } from './selection.ts'
import type { TableColumn } from './table-columns.ts'
import { PersonTableRow, PlaceholderTableRow } from './table-row.tsx'
import { useTileStyles } from './tile-styles.ts'
import { type SettledLine, useSettledLine } from './use-settled-line.ts'

const useStyles = makeStyles({
  line: {
    position: 'absolute',
    top: 0,
    insetInlineStart: 0,
    width: '100%',
    boxSizing: 'border-box',
  },
  // Each is drawn for itself: one that changes or moves is not drawn together with the others.
  flying: { willChange: 'transform', backgroundColor: tokens.colorNeutralBackground1 },
  // What changes in one line or tile moves nothing outside of it.
  tiles: { display: 'grid', contain: 'strict', columnGap: `${GAP_PX}px`, paddingInline: `${EDGE_PX}px` },
})

/** What the lines of a grid are made from. */
export interface GridLinesParts {
  readonly rows: PeopleRowsSnapshot
  readonly selection: Selection
  readonly layout: GridLayout
  readonly activeIndex: number
  readonly look: TileLook
  /** The columns of the table view. */
  readonly tableColumns: readonly TableColumn[]
}

interface LineProps extends GridLinesParts {
  readonly line: number
  readonly startPx: number
  /** Places in the order that the line has. */
  readonly firstIndex: number
  readonly count: number
}

function useLineOf({ rows, look, line, firstIndex, count }: LineProps): SettledLine {
  const addresses: SmtpAddress[] = []
  for (let index = firstIndex; index < firstIndex + count; index += 1) {
    const row = rows.rowAt(index)
    if (row !== null) addresses.push(row.address)
  }
  return useSettledLine(look.flight, { line, query: rows.query, addresses })
}

function TilesLine(props: LineProps) {
  const styles = useStyles()
  const { rows, selection, layout, look, firstIndex } = props
  const tileStyles = useTileStyles()
  const classes = useMemo(() => flyingLook(tileStyles, look), [tileStyles, look])
  const { isSettled, isWhole } = useLineOf(props)
  const place: CSSProperties = {
    transform: `translateY(${props.startPx}px)`,
    gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
    height: layout.rowPx - GAP_PX,
  }
  const tile = (column: number) => {
    const index = firstIndex + column
    const row = rows.rowAt(index)
    const isActive = index === props.activeIndex
    const isChosen = row !== null && isSelected(selection, row.address)
    const parts = { index, column, isActive, look, isSelected: isChosen }
    // Whoever has the keyboard is whole at once: a screen reader says all of them.
    if (row !== null && (isActive || isWhole(row.address))) return <PersonTile key={row.address} {...parts} row={row} />
    return <FlyingTile key={column} {...parts} row={row} classes={classes} />
  }
  return (
    <div
      role="row"
      aria-rowindex={props.line + 1}
      className={mergeClasses(styles.line, styles.tiles, !isSettled && styles.flying)}
      style={place}
    >
      {Array.from({ length: props.count }, (_, column) => tile(column))}
    </div>
  )
}

function TableLine(props: LineProps) {
  const { isWhole } = useLineOf(props)
  const { rows, selection, layout, look, firstIndex: index, tableColumns: columns } = props
  const row = rows.rowAt(index)
  const place = { index, rowIndex: props.line + 2, startPx: props.startPx, heightPx: layout.rowPx }
  const isActive = index === props.activeIndex
  if (row === null) return <PlaceholderTableRow {...place} {...{ isActive, columns, look }} />
  return (
    <PersonTableRow
      {...place}
      {...{ row, isActive, columns, look }}
      isSelected={isSelected(selection, row.address)}
      isWhole={isActive || isWhole(row.address)}
    />
  )
}

/** The lines near the screen: rows of tiles or of the table, and the headings of groups. */
export function GridLines(props: GridLinesParts & { items: readonly VirtualItem[] }) {
  // Which line has which place is remembered here.
  'use no memo'
  const styles = useStyles()
  const { layout } = props
  const [assignSlots] = useState(createLineSlots)
  const { flight } = props.look
  const [, drawAgain] = useReducer((times: number) => times + 1, 0)
  // When it has settled, the lines are put in the order in which they are read.
  useEffect(() => (flight.isFlying() ? flight.whenSettled(drawAgain) : undefined))
  const startOf = new Map(props.items.map(({ index, start }) => [index, start]))
  return assignSlots([...startOf.keys()], flight.isFlying()).map(({ line, slot }) => {
    const startPx = startOf.get(line) ?? 0
    const shown = readLine(layout, line)
    if (shown.kind === 'heading') {
      return (
        <div
          key={slot}
          role="row"
          aria-rowindex={line + (layout.view === 'table' ? 2 : 1)}
          className={styles.line}
          style={{ transform: `translateY(${startPx}px)` }}
        >
          <GroupHeading section={shown.section} />
        </div>
      )
    }
    const { firstIndex, count } = shown
    return layout.view === 'table' ? (
      <TableLine key={slot} {...props} {...{ line, startPx, firstIndex, count }} />
    ) : (
      <TilesLine key={slot} {...props} {...{ line, startPx, firstIndex, count }} />
    )
  })
}

// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid; a <table> cannot be virtualised in two dimensions
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells of an ARIA grid take the focus, its rows do not
import { makeStyles } from '@fluentui/react-components'
import type { VirtualItem } from '@tanstack/react-virtual'
import type { CSSProperties } from 'react'
import type { PeopleRowsSnapshot } from '../../api/people-rows.ts'
import type { GridLayout } from './grid-layout.ts'
import { EDGE_PX, GAP_PX, readLine } from './grid-layout.ts'
import { GroupHeading } from './group-heading.tsx'
import type { TileLook } from './person-tile.tsx'
import { PersonTile, PlaceholderTile } from './person-tile.tsx'
import type { Selection } from './selection.ts'
import { isSelected } from './selection.ts'
import type { TableColumn } from './table-columns.ts'
import { PersonTableRow, PlaceholderTableRow } from './table-row.tsx'

const useStyles = makeStyles({
  line: { position: 'absolute', top: 0, insetInlineStart: 0, width: '100%', boxSizing: 'border-box' },
  tiles: { display: 'grid', columnGap: `${GAP_PX}px`, alignItems: 'start', paddingInline: `${EDGE_PX}px` },
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

function TilesLine(props: GridLinesParts & { line: number; startPx: number; firstIndex: number; count: number }) {
  const styles = useStyles()
  const { rows, selection, layout, look, firstIndex } = props
  const place: CSSProperties = {
    transform: `translateY(${props.startPx}px)`,
    gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
  }
  const tile = (column: number) => {
    const index = firstIndex + column
    const row = rows.rowAt(index)
    const isActive = index === props.activeIndex
    if (row === null) return <PlaceholderTile key={index} {...{ index, column, isActive, look }} />
    const isChosen = isSelected(selection, row.address)
    return <PersonTile key={row.address} {...{ row, index, column, isActive, look }} isSelected={isChosen} />
  }
  return (
    <div role="row" aria-rowindex={props.line + 1} className={`${styles.line} ${styles.tiles}`} style={place}>
      {Array.from({ length: props.count }, (_, column) => tile(column))}
    </div>
  )
}

function TableLine(props: GridLinesParts & { line: number; startPx: number; firstIndex: number }) {
  const { rows, selection, layout, look, firstIndex: index, tableColumns: columns } = props
  const row = rows.rowAt(index)
  const place = { index, rowIndex: props.line + 2, startPx: props.startPx, heightPx: layout.rowPx }
  const isActive = index === props.activeIndex
  if (row === null) return <PlaceholderTableRow {...place} {...{ isActive, columns, look }} />
  return (
    <PersonTableRow {...place} {...{ row, isActive, columns, look }} isSelected={isSelected(selection, row.address)} />
  )
}

/** The lines near the screen: rows of tiles or of the table, and the headings of groups. */
export function GridLines(props: GridLinesParts & { items: readonly VirtualItem[] }) {
  const styles = useStyles()
  const { layout } = props
  return props.items.map(({ index: line, start: startPx }) => {
    const shown = readLine(layout, line)
    if (shown.kind === 'heading') {
      return (
        <div
          key={line}
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
      <TableLine key={line} {...props} {...{ line, startPx, firstIndex }} />
    ) : (
      <TilesLine key={line} {...props} {...{ line, startPx, firstIndex, count }} />
    )
  })
}

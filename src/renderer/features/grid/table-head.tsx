// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid; a <table> cannot be virtualised
// biome-ignore-all lint/a11y/useFocusableInteractive: what takes the focus is the button in the heading
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowSortDownFilled, ArrowSortUpFilled } from '@fluentui/react-icons'
import { useTranslation } from 'react-i18next'
import type { PeopleSort } from '../../../shared/people.ts'
import { EDGE_PX, TABLE_HEAD_PX } from './grid-layout.ts'
import type { TableColumn } from './table-columns.ts'
import { columnTemplate, sortOfColumn } from './table-columns.ts'

const useStyles = makeStyles({
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 3,
    display: 'grid',
    height: `${TABLE_HEAD_PX}px`,
    boxSizing: 'border-box',
    paddingInline: `${EDGE_PX}px`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  cell: { minWidth: 0, display: 'flex', alignItems: 'center', fontSize: tokens.fontSizeBase200 },
  words: {
    paddingInline: '6px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
    fontWeight: tokens.fontWeightSemibold,
  },
  button: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    minWidth: 0,
    maxWidth: '100%',
    height: '26px',
    border: 'none',
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: 'transparent',
    fontFamily: 'inherit',
    fontSize: 'inherit',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
})

/** How the people are ordered, and what asks for another order. */
export interface TableOrder {
  readonly sort: PeopleSort
  readonly isDescending: boolean
  readonly onSort: (sort: PeopleSort, isDescending: boolean) => void
}

/** The headings of the table: a press sorts by one, another press the other way round. */
export function TableHead(props: { columns: readonly TableColumn[]; order: TableOrder }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { sort: sorted, isDescending, onSort } = props.order
  const heading = (column: TableColumn, at: number) => {
    const sort = sortOfColumn(column)
    const isSorted = sort !== null && sort === sorted
    const words = t(`table.${column}`)
    return (
      <div
        key={column}
        role="columnheader"
        aria-colindex={at + 1}
        aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : undefined}
        className={styles.cell}
      >
        {sort === null ? (
          <span className={styles.words}>{words}</span>
        ) : (
          <button
            type="button"
            tabIndex={-1}
            className={mergeClasses(styles.button, styles.words)}
            onClick={() => onSort(sort, isSorted && !isDescending)}
          >
            {words}
            {isSorted && (isDescending ? <ArrowSortDownFilled /> : <ArrowSortUpFilled />)}
          </button>
        )}
      </div>
    )
  }
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={styles.head}
      style={{ gridTemplateColumns: columnTemplate(props.columns) }}
    >
      {props.columns.map(heading)}
    </div>
  )
}

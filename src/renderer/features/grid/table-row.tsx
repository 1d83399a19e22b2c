// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid; a <tr> cannot stand outside of a table
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { CSSProperties, ReactNode } from 'react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '../../../shared/people.ts'
import { Face } from '../../ui/face.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { EDGE_PX } from './grid-layout.ts'
import { MatchedText } from './matched-text.tsx'
import type { TileLook } from './person-tile.tsx'
import { lookOf, markOf, PhotoMarkIcon } from './photo-mark.tsx'
import type { TableColumn } from './table-columns.ts'
import { columnTemplate } from './table-columns.ts'
import { TileCheck } from './tile-check.tsx'

const useStyles = makeStyles({
  row: {
    position: 'absolute',
    top: 0,
    insetInlineStart: 0,
    width: '100%',
    boxSizing: 'border-box',
    display: 'grid',
    alignItems: 'center',
    paddingInline: `${EDGE_PX}px`,
    fontSize: tokens.fontSizeBase200,
    cursor: 'default',
    outline: 'none',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}` },
    '@media (forced-colors: active)': { ':focus-visible': { outline: '2px solid Highlight', outlineOffset: '-2px' } },
  },
  selected: {
    backgroundColor: tokens.colorBrandBackground2,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
    '@media (forced-colors: active)': { outline: '2px dotted Highlight', outlineOffset: '-3px' },
  },
  cell: {
    minWidth: 0,
    paddingInline: '6px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
  },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightMedium,
  },
  nameText: { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' },
  number: { fontVariantNumeric: 'tabular-nums' },
  photo: { display: 'flex', alignItems: 'center', gap: '6px' },
  line: { height: '10px', width: '60%', borderRadius: '5px', backgroundColor: tokens.colorNeutralStencil1 },
})

interface RowPlace {
  readonly index: number
  readonly rowIndex: number
  readonly startPx: number
  readonly heightPx: number
  readonly isActive: boolean
  readonly columns: readonly TableColumn[]
  readonly look: TileLook
}

function placeOf({ startPx, heightPx, columns }: RowPlace): CSSProperties {
  return { transform: `translateY(${startPx}px)`, height: heightPx, gridTemplateColumns: columnTemplate(columns) }
}

interface PersonTableRowProps extends RowPlace {
  readonly row: PersonRow
  readonly isSelected: boolean
  /** With the face; without while the grid flies past. */
  readonly isWhole: boolean
}

const INITIALS = { kind: 'initials' } as const

/** Writes the cells of a person. */
function useCells({ row, look, isSelected, isWhole }: PersonTableRowProps) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const { photo, matches } = row
  const { tile } = photo
  const fact = (name: 'title' | 'department' | 'office') => (
    <MatchedText text={row[name]} match={matches?.find((match) => match.fact === name)} />
  )
  const mark = markOf(row, look.changedSinceMs)
  const cells: Record<TableColumn, () => ReactNode> = {
    name: () => (
      <>
        <TileCheck isSelected={isSelected} isInline />
        <Face
          name={row.displayName}
          sizePx={look.picturePx}
          isRound={look.isRound}
          look={isWhole ? lookOf(row, look) : INITIALS}
        />
        <span className={styles.nameText} dir="auto">
          <MatchedText text={row.displayName} match={matches?.find((match) => match.fact === 'displayName')} />
        </span>
      </>
    ),
    title: () => fact('title'),
    department: () => fact('department'),
    office: () => fact('office'),
    photo: () => (
      <>
        {mark !== null && <PhotoMarkIcon mark={mark} place="inline" />}
        {mark === 'changed' ? t('mark.changed') : t(`state.${photo.state}`)}
      </>
    ),
    pixels: () => (tile === null ? '' : t('table.pixelsOf', { width: tile.widthPx, height: tile.heightPx })),
    bytes: () => (tile === null ? '' : formats.bytes(tile.bytes)),
    changed: () => (tile?.changedMs == null ? '' : formats.date(tile.changedMs)),
    finding: () =>
      photo.findings
        .filter((code) => code !== 'missing' && code !== photo.state)
        .map((code) => t(`finding.${code}`))
        .join(', '),
  }
  return (column: TableColumn) => cells[column]()
}

/** One person in the table. Has no handlers of its own: the grid listens for all rows, by `data-index`. */
export const PersonTableRow = memo(function PersonTableRow(props: PersonTableRowProps) {
  const styles = useStyles()
  const { row, isSelected } = props
  const cellOf = useCells(props)
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      aria-selected={isSelected}
      className={mergeClasses(styles.row, isSelected && styles.selected)}
      style={placeOf(props)}
      tabIndex={props.isActive ? 0 : -1}
      data-index={props.index}
      data-address={row.address}
    >
      {props.columns.map((column, at) => (
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles have it
        <div
          key={column}
          role={column === 'name' ? 'rowheader' : 'gridcell'}
          aria-colindex={at + 1}
          data-column={column}
          className={mergeClasses(
            styles.cell,
            column === 'name' && styles.name,
            column === 'photo' && styles.photo,
            (column === 'pixels' || column === 'bytes') && styles.number,
          )}
          dir={column === 'title' || column === 'department' || column === 'office' ? 'auto' : undefined}
        >
          {cellOf(column)}
        </div>
      ))}
    </div>
  )
})

/** A place whose person is not loaded yet. */
export const PlaceholderTableRow = memo(function PlaceholderTableRow(props: RowPlace) {
  const styles = useStyles()
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      className={styles.row}
      style={placeOf(props)}
      tabIndex={props.isActive ? 0 : -1}
      data-index={props.index}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus */}
      <div role="gridcell" aria-colindex={1} aria-label={props.look.words.loading} className={styles.cell}>
        <div className={styles.line} />
      </div>
    </div>
  )
})

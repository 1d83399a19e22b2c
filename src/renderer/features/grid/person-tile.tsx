// biome-ignore-all lint/a11y/useSemanticElements: a cell of an ARIA grid; a <td> cannot stand outside of a table
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, CircleRegular } from '@fluentui/react-icons'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '../../../shared/people.ts'
import { Face } from '../../ui/face.tsx'
import { HiddenText } from '../../ui/hidden-text.tsx'
import { lookOf, markOf, PhotoMarkIcon } from './photo-mark.tsx'

const useStyles = makeStyles({
  tile: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    minWidth: 0,
    boxSizing: 'border-box',
    padding: '6px',
    borderRadius: tokens.borderRadiusLarge,
    cursor: 'default',
    outline: 'none',
    contain: 'layout paint style',
    color: tokens.colorNeutralForeground1,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':hover [data-check]': { opacity: 1 },
    ':focus-visible': { boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}` },
    '@media (forced-colors: active)': { ':focus-visible': { outline: '2px solid Highlight', outlineOffset: '-2px' } },
  },
  selected: {
    backgroundColor: tokens.colorBrandBackground2,
    boxShadow: `inset 0 0 0 1px ${tokens.colorBrandStroke1}`,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
    ':focus-visible': { boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}` },
    '@media (forced-colors: active)': { outline: '2px dotted Highlight', outlineOffset: '-3px' },
  },
  picture: { position: 'relative', flexShrink: 0 },
  check: {
    position: 'absolute',
    top: '8px',
    insetInlineStart: '8px',
    width: '22px',
    height: '22px',
    fontSize: '22px',
    lineHeight: 0,
    borderRadius: '50%',
    opacity: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground3,
    boxShadow: tokens.shadow2,
  },
  checked: { opacity: 1, color: tokens.colorBrandForeground1 },
  small: { top: '2px', insetInlineStart: '2px', width: '16px', height: '16px', fontSize: '16px' },
  name: {
    width: '100%',
    marginTop: '4px',
    textAlign: 'center',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    textOverflow: 'ellipsis',
    fontSize: tokens.fontSizeBase200,
    lineHeight: '18px',
    fontWeight: tokens.fontWeightMedium,
  },
  department: {
    width: '100%',
    textAlign: 'center',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    textOverflow: 'ellipsis',
    fontSize: tokens.fontSizeBase200,
    lineHeight: '18px',
    color: tokens.colorNeutralForeground3,
  },
  placeholder: { borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralStencil1 },
  round: { borderRadius: '50%' },
  line: { height: '10px', marginTop: '9px', borderRadius: '5px', backgroundColor: tokens.colorNeutralStencil1 },
})

export interface TileLook {
  readonly picturePx: number
  readonly textLines: 0 | 1 | 2
  readonly isRound: boolean
  readonly photoBase: string
  /** Photos that were not asked for yet are on their way. */
  readonly isAsking: boolean
}

interface PersonTileProps {
  readonly row: PersonRow
  readonly index: number
  readonly column: number
  readonly isSelected: boolean
  readonly isActive: boolean
  readonly look: TileLook
}

/** What is heard after the name and the department: the kind, and what is the matter with the photo. */
function usePhotoWords({ kind, photo }: PersonRow): string {
  const { t } = useTranslation()
  const findings = photo.findings.filter((code) => code !== 'missing' && code !== photo.state)
  return [
    kind === 'person' ? '' : t(`kind.${kind}`),
    t(`state.${photo.state}`),
    ...findings.map((code) => t(`finding.${code}`)),
  ]
    .filter((part) => part !== '')
    .join(', ')
}

/** One person in the grid. Has no handlers of its own: the grid listens for all tiles, by `data-index`. */
export const PersonTile = memo(function PersonTile(props: PersonTileProps) {
  const styles = useStyles()
  const { row, look, isSelected } = props
  const mark = markOf(row.photo)
  const isSmall = look.picturePx < 72
  const words = usePhotoWords(row)
  const { textLines } = look
  const hasDepartment = row.department !== ''
  return (
    <div
      role="gridcell"
      className={mergeClasses(styles.tile, isSelected && styles.selected)}
      aria-colindex={props.column + 1}
      aria-selected={isSelected}
      title={
        textLines < 2 ? [row.displayName, row.department, words].filter((part) => part !== '').join(', ') : undefined
      }
      tabIndex={props.isActive ? 0 : -1}
      data-index={props.index}
      data-address={row.address}
    >
      <div className={styles.picture}>
        <Face
          name={row.displayName}
          sizePx={look.picturePx}
          isRound={look.isRound}
          look={lookOf(row, look.photoBase, look.isAsking)}
        />
        {mark !== null && <PhotoMarkIcon mark={mark} isSmall={isSmall} />}
      </div>
      <span
        data-check=""
        aria-hidden="true"
        className={mergeClasses(styles.check, isSmall && styles.small, isSelected && styles.checked)}
      >
        {isSelected ? <CheckmarkCircleFilled /> : <CircleRegular />}
      </span>
      {textLines > 0 ? (
        <div className={styles.name} dir="auto">
          {row.displayName}
        </div>
      ) : (
        <HiddenText>{row.displayName}</HiddenText>
      )}
      {textLines > 1 ? (
        <div className={styles.department} dir="auto">
          {row.department}
        </div>
      ) : (
        hasDepartment && <HiddenText>, {row.department}</HiddenText>
      )}
      <HiddenText>, {words}</HiddenText>
    </div>
  )
})

/** A place whose person is not loaded yet. */
export const PlaceholderTile = memo(function PlaceholderTile(props: {
  index: number
  column: number
  isActive: boolean
  look: TileLook
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { picturePx, textLines, isRound } = props.look
  return (
    <div
      role="gridcell"
      className={styles.tile}
      aria-colindex={props.column + 1}
      aria-label={t('grid.loadingTile')}
      tabIndex={props.isActive ? 0 : -1}
      data-index={props.index}
    >
      <div
        className={mergeClasses(styles.placeholder, isRound && styles.round)}
        style={{ width: picturePx, height: picturePx }}
      />
      {textLines > 0 && <div className={styles.line} style={{ width: '70%' }} />}
      {textLines > 1 && <div className={styles.line} style={{ width: '45%' }} />}
    </div>
  )
})

// biome-ignore-all lint/a11y/useSemanticElements: a cell of an ARIA grid; a <td> cannot stand outside of a table
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { CSSProperties } from 'react'
import { memo } from 'react'
import type { FactMatch, PersonRow } from '../../../shared/people.ts'
import { Face } from '../../ui/face.tsx'
import { HiddenText } from '../../ui/hidden-text.tsx'
import type { Flight } from './flight.ts'
import { MatchedText } from './matched-text.tsx'
import { lookOf, markOf, PhotoMarkIcon } from './photo-mark.tsx'
import { TileCheck } from './tile-check.tsx'
import type { TileWords } from './tile-words.ts'
import { useSettled } from './use-settled.ts'

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
  // One element: a grid that flies past makes hundreds of them a second.
  placeholder: {
    '::before': {
      content: '""',
      width: 'var(--face)',
      height: 'var(--face)',
      borderRadius: tokens.borderRadiusMedium,
      backgroundColor: tokens.colorNeutralStencil1,
    },
  },
  round: { '::before': { borderRadius: '50%' } },
  lines: {
    '::after': {
      content: '""',
      width: '65%',
      height: '10px',
      marginTop: '9px',
      borderRadius: '5px',
      backgroundColor: tokens.colorNeutralStencil1,
    },
  },
  secondLine: { '::after': { boxShadow: `0 19px ${tokens.colorNeutralStencil1}` } },
})

export interface TileLook {
  readonly picturePx: number
  readonly textLines: 0 | 1 | 2
  readonly isRound: boolean
  readonly photoBase: string
  /** Whether the grid is flying past. */
  readonly flight: Flight
  /** Photos that were not asked for yet are on their way. */
  readonly isAsking: boolean
  /** A photo that changed after this time (ms since 1970) is marked. */
  readonly changedSinceMs: number
  /** What stands under the name. */
  readonly usualFact: 'department' | 'title'
  readonly words: TileWords
}

interface PersonTileProps {
  readonly row: PersonRow
  readonly index: number
  readonly column: number
  readonly isSelected: boolean
  readonly isActive: boolean
  readonly look: TileLook
}

/** What a tile's second line says, and what a search matched in it. */
interface SecondLine {
  readonly text: string
  readonly match: FactMatch | undefined
}

/**
 * The second line: the usual fact; or, when a search found the person by something that neither the name nor that fact shows,
 * all that it matched.
 */
function secondLineOf(row: PersonRow, usual: 'department' | 'title'): SecondLine {
  const matches = row.matches ?? []
  const unseen = matches.filter(({ fact }) => fact !== 'displayName' && fact !== usual)
  const ofUsual = matches.find(({ fact }) => fact === usual)
  const isSeen = ofUsual !== undefined || matches.some(({ fact }) => fact === 'displayName')
  return isSeen || unseen.length === 0 ? { text: row[usual], match: ofUsual } : joined(unseen)
}

const SEPARATOR = ' · '

function joined(matches: readonly FactMatch[]): SecondLine {
  const text = matches.map((match) => match.text).join(SEPARATOR)
  let writtenBefore = 0
  const ranges = matches.flatMap((match) => {
    const moved = match.ranges.map(([from, to]): [number, number] => [from + writtenBefore, to + writtenBefore])
    writtenBefore += match.text.length + SEPARATOR.length
    return moved
  })
  return { text, match: { fact: matches[0]?.fact ?? 'address', text, ranges } }
}

/**
 * One person in the grid. Has no handlers of its own: the grid listens for all tiles, by `data-index`. While the grid flies past
 * it is no more than initials and a name.
 */
export const PersonTile = memo(function PersonTile(props: PersonTileProps) {
  const styles = useStyles()
  const { row, look, isSelected } = props
  const mark = markOf(row, look.changedSinceMs)
  const isSmall = look.picturePx < 72
  // Whoever has the keyboard is whole at once: a screen reader says all of them.
  const isSettled = useSettled(look.flight) || props.isActive
  const words = isSettled ? look.words.ofPhoto(row, mark === 'changed') : ''
  const { textLines } = look
  const second = secondLineOf(row, look.usualFact)
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
      <div className={styles.picture} data-picture="">
        <Face
          name={row.displayName}
          sizePx={look.picturePx}
          isRound={look.isRound}
          look={lookOf(row, look, isSettled)}
        />
        {isSettled && mark !== null && <PhotoMarkIcon mark={mark} place={isSmall ? 'small' : 'corner'} />}
      </div>
      {isSettled && <TileCheck isSelected={isSelected} isSmall={isSmall} />}
      {textLines > 0 ? (
        <div className={styles.name} dir="auto">
          <MatchedText text={row.displayName} match={row.matches?.find(({ fact }) => fact === 'displayName')} />
        </div>
      ) : (
        <HiddenText>{row.displayName}</HiddenText>
      )}
      {textLines > 1 ? (
        <div className={styles.department} dir="auto">
          <MatchedText {...second} />
        </div>
      ) : (
        second.text !== '' && <HiddenText>, {second.text}</HiddenText>
      )}
      {isSettled && <HiddenText>, {words}</HiddenText>}
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
  const { picturePx, textLines, isRound, words } = props.look
  return (
    <div
      role="gridcell"
      className={mergeClasses(
        styles.tile,
        styles.placeholder,
        isRound && styles.round,
        textLines > 0 && styles.lines,
        textLines > 1 && styles.secondLine,
      )}
      style={{ '--face': `${picturePx}px` } as CSSProperties}
      aria-colindex={props.column + 1}
      aria-label={words.loading}
      tabIndex={props.isActive ? 0 : -1}
      data-index={props.index}
    />
  )
})

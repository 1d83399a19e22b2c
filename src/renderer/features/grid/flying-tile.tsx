// biome-ignore-all lint/a11y/useSemanticElements: a cell of an ARIA grid; a <td> cannot stand outside of a table
import { mergeClasses } from '@fluentui/react-components'
import type { CSSProperties, ReactNode } from 'react'
import { memo } from 'react'
import type { PersonRow } from '../../../shared/people.ts'
import { initialsColorOf, initialsOf, initialsPx } from '../../ui/initials.ts'
import { MatchedText } from './matched-text.tsx'
import type { TileLook } from './person-tile.tsx'
import { secondLineOf } from './second-line.ts'
import type { useTileStyles } from './tile-styles.ts'

/** The looks of the parts of a tile: of all tiles of a line, because a grid that flies past draws hundreds a second. */
export interface FlyingLook {
  readonly tile: string
  readonly selected: string
  readonly face: string
  readonly name: string
  readonly second: string
  readonly blankFace: string
  readonly blankName: string
  readonly blankSecond: string
  /** The size of the face and of its initials. */
  readonly box: CSSProperties
}

/** The classes for a look of the tiles. */
export function flyingLook(
  styles: ReturnType<typeof useTileStyles>,
  { isRound, textLines, picturePx }: TileLook,
): FlyingLook {
  const face = mergeClasses(styles.initials, isRound && styles.round)
  const line = (seen: string, isSeen: boolean) =>
    isSeen ? mergeClasses(seen, styles.blank, styles.line) : styles.heard
  return {
    tile: styles.tile,
    selected: mergeClasses(styles.tile, styles.selected),
    face,
    name: textLines > 0 ? styles.name : styles.heard,
    second: textLines > 1 ? styles.department : styles.heard,
    blankFace: mergeClasses(face, styles.blank),
    blankName: line(styles.name, textLines > 0),
    blankSecond: line(styles.department, textLines > 1),
    box: { width: picturePx, height: picturePx, fontSize: initialsPx(picturePx) },
  }
}

export interface FlyingTileProps {
  /** Null while the person is not loaded. */
  readonly row: PersonRow | null
  readonly index: number
  readonly column: number
  readonly isSelected: boolean
  readonly isActive: boolean
  readonly look: TileLook
  readonly classes: FlyingLook
}

/**
 * One place of a grid that flies past: initials, name and second line, or blanks where nobody is loaded yet. Whoever is next in
 * the same place is written into the same elements.
 */
export const FlyingTile = memo(function FlyingTile(props: FlyingTileProps) {
  const { row, look, classes, isSelected } = props
  const isBlank = row === null
  return (
    <div
      role="gridcell"
      className={isSelected ? classes.selected : classes.tile}
      aria-colindex={props.column + 1}
      aria-selected={isSelected}
      aria-label={isBlank ? look.words.loading : undefined}
      tabIndex={props.isActive ? 0 : -1}
      data-index={props.index}
      data-address={row?.address}
    >
      <div
        className={isBlank ? classes.blankFace : classes.face}
        style={{ ...classes.box, ...(isBlank ? undefined : initialsColorOf(row.displayName)) }}
        aria-hidden="true"
      >
        {isBlank ? '' : initialsOf(row.displayName)}
      </div>
      <div className={isBlank ? classes.blankName : classes.name} dir="auto">
        {isBlank ? '' : nameOf(row)}
      </div>
      <div className={isBlank ? classes.blankSecond : classes.second} dir="auto">
        {isBlank ? '' : secondOf(row, look)}
      </div>
    </div>
  )
})

// A text alone is written over the one before; a component would cost as much as the rest of the line.
function nameOf({ displayName, matches }: PersonRow): ReactNode {
  const match = matches?.find(({ fact }) => fact === 'displayName')
  return match === undefined ? displayName : <MatchedText text={displayName} match={match} />
}

function secondOf(row: PersonRow, look: TileLook): ReactNode {
  const { text, match } = secondLineOf(row, look.usualFact)
  return match === undefined ? text : <MatchedText text={text} match={match} />
}

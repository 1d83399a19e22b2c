// biome-ignore-all lint/a11y/useSemanticElements: a cell of an ARIA grid; a <td> cannot stand outside of a table
import { mergeClasses } from '@fluentui/react-components'
import { memo } from 'react'
import type { PersonRow } from '../../../shared/people.ts'
import { Face } from '../../ui/face.tsx'
import { HiddenText } from '../../ui/hidden-text.tsx'
import type { Flight } from './flight.ts'
import { MatchedText } from './matched-text.tsx'
import { lookOf, markOf, PhotoMarkIcon } from './photo-mark.tsx'
import { secondLineOf } from './second-line.ts'
import { TileCheck } from './tile-check.tsx'
import { useTileStyles } from './tile-styles.ts'
import type { TileWords } from './tile-words.ts'

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

/** One person in the grid. Has no handlers of its own: the grid listens for all tiles, by `data-index`. */
export const PersonTile = memo(function PersonTile(props: PersonTileProps) {
  const styles = useTileStyles()
  const { row, look, isSelected } = props
  const mark = markOf(row, look.changedSinceMs)
  const isSmall = look.picturePx < 72
  const words = look.words.ofPhoto(row, mark === 'changed')
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
        <Face name={row.displayName} sizePx={look.picturePx} isRound={look.isRound} look={lookOf(row, look)} />
        {mark !== null && <PhotoMarkIcon mark={mark} place={isSmall ? 'small' : 'corner'} />}
      </div>
      <TileCheck isSelected={isSelected} isSmall={isSmall} />
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
      <HiddenText>, {words}</HiddenText>
    </div>
  )
})

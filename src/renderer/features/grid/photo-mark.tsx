import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import {
  ArrowSyncFilled,
  CloudDismissFilled,
  CloudDismissRegular,
  ContactCardFilled,
  ContactCardRegular,
  ImageOffFilled,
  ImageProhibitedRegular,
  MoreHorizontalRegular,
  PeopleTeamRegular,
  ScaleFitFilled,
  WarningFilled,
  WarningRegular,
} from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { memo } from 'react'
import type { PersonRow } from '../../../shared/people.ts'
import { photoUrl } from '../../../shared/photo-url.ts'
import type { FaceLook } from '../../ui/face.tsx'

/** What a tile's corner says. Words for it are part of the tile's label. */
export type PhotoMark = 'none' | 'thumbnail-only' | 'low-resolution' | 'trouble' | 'not-available-here' | 'changed'

/** The mark for a photo; null when there is nothing to say. A photo that took another's place after `changedSinceMs` is changed. */
export function markOf({ photo }: Pick<PersonRow, 'photo'>, changedSinceMs: number): PhotoMark | null {
  const { state, findings, tile } = photo
  if (state === 'could-not-ask' || findings.includes('unreadable')) return 'trouble'
  if (state === 'none' || state === 'thumbnail-only' || state === 'not-available-here') return state
  if (findings.includes('low-resolution')) return 'low-resolution'
  const isChanged = tile?.isReplacement === true && tile.changedMs !== null && tile.changedMs > changedSinceMs
  return isChanged ? 'changed' : null
}

/** What a person's tile shows. `isAsking`: a photo that was not asked for yet is on its way. */
export function lookOf(
  row: PersonRow,
  { photoBase, isAsking }: { readonly photoBase: string; readonly isAsking: boolean },
): FaceLook {
  const { address, photo } = row
  if (photo.tile !== null) {
    const { sizeCode, contentHash } = photo.tile
    return { kind: 'picture', src: photoUrl(photoBase, { person: address, size: sizeCode, v: contentHash }) }
  }
  switch (photo.state) {
    case 'none':
      return { kind: 'initials' }
    case 'not-asked':
      return isAsking ? { kind: 'waiting' } : { kind: 'idle', icon: <MoreHorizontalRegular /> }
    case 'not-expected':
      return { kind: 'idle', icon: <PeopleTeamRegular /> }
    case 'not-available-here':
      return { kind: 'trouble', icon: <CloudDismissRegular /> }
    case 'could-not-ask':
      return { kind: 'trouble', icon: <WarningRegular /> }
    case 'thumbnail-only':
      return { kind: 'idle', icon: <ContactCardRegular /> }
    case 'photo':
      return photo.findings.includes('unreadable')
        ? { kind: 'trouble', icon: <ImageProhibitedRegular /> }
        : { kind: 'waiting' }
  }
}

const useStyles = makeStyles({
  mark: {
    position: 'absolute',
    right: '4px',
    bottom: '4px',
    width: '20px',
    height: '20px',
    borderRadius: '50%',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    fontSize: '14px',
    boxShadow: `0 0 0 1.5px ${tokens.colorNeutralBackground1}`,
    '@media (forced-colors: active)': { outline: '1px solid CanvasText' },
  },
  small: { right: '0', bottom: '0', width: '14px', height: '14px', fontSize: '10px' },
  inline: { position: 'static', flexShrink: 0, width: '18px', height: '18px', fontSize: '12px', boxShadow: 'none' },
  quiet: { backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorNeutralForeground2 },
  warning: { backgroundColor: tokens.colorPaletteYellowBackground2, color: tokens.colorPaletteYellowForeground2 },
  news: { backgroundColor: tokens.colorBrandBackground2, color: tokens.colorBrandForeground2 },
  danger: { backgroundColor: tokens.colorPaletteRedBackground2, color: tokens.colorPaletteRedForeground2 },
})

const MARKS: Record<PhotoMark, { tone: 'quiet' | 'warning' | 'danger' | 'news'; icon: ReactNode }> = {
  none: { tone: 'quiet', icon: <ImageOffFilled /> },
  'thumbnail-only': { tone: 'warning', icon: <ContactCardFilled /> },
  'low-resolution': { tone: 'warning', icon: <ScaleFitFilled /> },
  'not-available-here': { tone: 'quiet', icon: <CloudDismissFilled /> },
  trouble: { tone: 'danger', icon: <WarningFilled /> },
  changed: { tone: 'news', icon: <ArrowSyncFilled /> },
}

/** The mark in a tile's corner: told by its shape, not by its colour alone. */
export const PhotoMarkIcon = memo(function PhotoMarkIcon(props: {
  mark: PhotoMark
  place: 'corner' | 'small' | 'inline'
}) {
  const styles = useStyles()
  const { tone, icon } = MARKS[props.mark]
  return (
    <span
      className={mergeClasses(
        styles.mark,
        styles[tone],
        props.place === 'small' && styles.small,
        props.place === 'inline' && styles.inline,
      )}
      data-mark={props.mark}
      aria-hidden="true"
    >
      {icon}
    </span>
  )
})

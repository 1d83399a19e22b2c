import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { CSSProperties, ReactNode } from 'react'
import { memo, useState } from 'react'
import { INITIALS_STYLE, initialsColorOf, initialsOf, initialsPx } from './initials.ts'

/** Smaller than this no mark is made out. */
const SMALLEST_ICON_PX = 16

// In forced colours a field has no colour of its own: a line says where it is, and that it is none of the others.
const useStyles = makeStyles({
  root: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    flexShrink: 0,
    overflow: 'clip',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground4,
    userSelect: 'none',
  },
  round: { borderRadius: '50%' },
  image: { width: '100%', height: '100%', objectFit: 'cover', display: 'block' },
  initials: INITIALS_STYLE,
  waiting: {
    backgroundColor: tokens.colorNeutralStencil1,
    '@media (prefers-reduced-motion: no-preference)': {
      animationName: { from: { opacity: 1 }, '50%': { opacity: 0.55 }, to: { opacity: 1 } },
      animationDuration: '1.8s',
      animationIterationCount: 'infinite',
    },
    '@media (forced-colors: active)': { outline: '1px dotted CanvasText', outlineOffset: '-1px' },
  },
  idle: {
    backgroundColor: tokens.colorNeutralBackground4,
    color: tokens.colorNeutralForeground4,
    '@media (forced-colors: active)': { outline: '1px solid CanvasText', outlineOffset: '-1px' },
  },
  trouble: {
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground3,
    border: `${tokens.strokeWidthThin} dashed ${tokens.colorNeutralStroke1}`,
    boxSizing: 'border-box',
  },
})

/**
 * What a face shows. The five looks cannot be mistaken for each other: a picture, coloured initials, a pulsing plain field,
 * a still plain field with a mark, and a dashed field with a mark.
 */
export type FaceLook =
  | { readonly kind: 'picture'; readonly src: string }
  | { readonly kind: 'initials' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'idle'; readonly icon: ReactNode }
  | { readonly kind: 'trouble'; readonly icon: ReactNode }

/** A face at a size (CSS px). Decoration: the name is written beside it or on the control around it. */
export const Face = memo(function Face(props: { name: string; sizePx: number; isRound: boolean; look: FaceLook }) {
  const styles = useStyles()
  const { name, sizePx, isRound, look } = props
  const [failedSrc, setFailedSrc] = useState<string | null>(null)
  const box: CSSProperties = { width: sizePx, height: sizePx }
  const root = mergeClasses(styles.root, isRound && styles.round)
  if (look.kind === 'picture' && look.src !== failedSrc) {
    return (
      <div className={root} style={box}>
        <img
          key={look.src}
          className={styles.image}
          src={look.src}
          alt=""
          draggable={false}
          decoding="async"
          onError={() => setFailedSrc(look.src)}
        />
      </div>
    )
  }
  if (look.kind === 'initials' || look.kind === 'picture') {
    const initials: CSSProperties = { ...box, fontSize: initialsPx(sizePx), ...initialsColorOf(name) }
    return (
      <div className={mergeClasses(root, styles.initials)} style={initials} aria-hidden="true">
        {initialsOf(name)}
      </div>
    )
  }
  return (
    <div
      className={mergeClasses(root, styles[look.kind])}
      style={{ ...box, fontSize: Math.max(SMALLEST_ICON_PX, sizePx * 0.3) }}
      aria-hidden="true"
    >
      {look.kind !== 'waiting' && look.icon}
    </div>
  )
})

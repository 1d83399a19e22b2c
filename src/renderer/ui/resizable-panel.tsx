import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { useState } from 'react'
import { Landmark } from './landmark.tsx'
import { useStoredNumber } from './use-stored-number.ts'

const KEY_STEP_PX = 16

const useStyles = makeStyles({
  root: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    flexShrink: 0,
    minHeight: 0,
    maxWidth: '100%',
  },
  splitter: {
    position: 'absolute',
    top: 0,
    bottom: 0,
    width: '7px',
    zIndex: 2,
    cursor: 'col-resize',
    touchAction: 'none',
    outline: 'none',
    '::after': {
      content: '""',
      position: 'absolute',
      top: 0,
      bottom: 0,
      left: '3px',
      width: '1px',
      backgroundColor: tokens.colorNeutralStroke2,
      '@media (forced-colors: active)': { forcedColorAdjust: 'none', backgroundColor: 'CanvasText' },
    },
    ':hover::after': { left: '2px', width: '3px', backgroundColor: tokens.colorNeutralStroke1Hover },
    ':focus-visible::after': {
      left: '2px',
      width: '3px',
      backgroundColor: tokens.colorStrokeFocus2,
      '@media (forced-colors: active)': { backgroundColor: 'Highlight' },
    },
  },
  atStart: { insetInlineStart: '-3px' },
  atEnd: { insetInlineEnd: '-4px' },
})

interface ResizablePanelProps {
  /** Names the panel's width in the page's own storage. */
  readonly name: string
  /** The side that the rest of the window is on, and so the edge that moves. */
  readonly edge: 'start' | 'end'
  readonly defaultPx: number
  readonly minPx: number
  readonly maxPx: number
  readonly label: string
  readonly splitterLabel: string
  readonly className?: string
  readonly children: ReactNode
}

/** A side panel whose width is dragged, or set with the arrow keys, and remembered. Double-click: the width it came with. */
export function ResizablePanel(props: ResizablePanelProps) {
  const styles = useStyles()
  const { edge, defaultPx, minPx, maxPx } = props
  const [widthPx, setWidthPx] = useStoredNumber(`panel.${props.name}`, defaultPx)
  const [drag, setDrag] = useState<{ fromX: number; fromPx: number } | null>(null)
  const resize = (next: number) => setWidthPx(Math.round(Math.min(maxPx, Math.max(minPx, next))))
  const sign = (edge === 'end' ? 1 : -1) * (document.dir === 'rtl' ? -1 : 1)

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ fromX: event.clientX, fromPx: widthPx })
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (drag !== null) resize(drag.fromPx + sign * (event.clientX - drag.fromX))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    resize(widthPx + sign * (event.key === 'ArrowRight' ? KEY_STEP_PX : -KEY_STEP_PX))
  }
  return (
    <Landmark
      as="aside"
      className={mergeClasses(styles.root, props.className)}
      style={{ width: widthPx }}
      aria-label={props.label}
    >
      {props.children}
      {/* biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be focused and moved; this is ARIA's window splitter */}
      <div
        className={mergeClasses(styles.splitter, edge === 'end' ? styles.atEnd : styles.atStart)}
        role="separator"
        aria-orientation="vertical"
        aria-label={props.splitterLabel}
        aria-valuenow={widthPx}
        aria-valuemin={minPx}
        aria-valuemax={maxPx}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => setDrag(null)}
        onDoubleClick={() => setWidthPx(defaultPx)}
        onKeyDown={onKeyDown}
      />
    </Landmark>
  )
}

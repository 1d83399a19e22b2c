import { makeStyles, tokens } from '@fluentui/react-components'
import type { CSSProperties, ReactNode } from 'react'
import { useLayoutEffect, useState } from 'react'

/** How large a picture is shown: as it fits, or a share of its own size (1: each of its pixels is one of the screen). */
export type PictureZoom = 'fit' | number

/** Limits of the zoom, and what one step changes. */
const MIN_ZOOM = 0.1
const MAX_ZOOM = 8
const ZOOM_STEP = 1.25

const useStyles = makeStyles({
  stage: { flexGrow: 1, minHeight: 0, minWidth: 0, overflow: 'auto', display: 'flex', outline: 'none' },
  middle: { margin: 'auto', position: 'relative', flexShrink: 0 },
  image: { display: 'block', width: '100%', height: '100%', objectFit: 'contain' },
  under: {
    position: 'absolute',
    inset: 0,
    width: '100%',
    height: '100%',
    objectFit: 'contain',
    filter: 'blur(6px)',
    opacity: 0.8,
  },
  round: { borderRadius: '50%', objectFit: 'cover', aspectRatio: '1' },
  empty: { margin: 'auto', color: tokens.colorNeutralForeground3 },
})

/** A picture's true size, px. */
export interface PictureSize {
  readonly widthPx: number
  readonly heightPx: number
}

/** The zoom some steps closer or farther. */
export function zoomPicture(zoom: number, steps: number): number {
  return Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom * ZOOM_STEP ** steps))
}

/** The share of its own size at which a picture fits a box (CSS px). */
export function fittingZoom(picture: PictureSize, box: PictureSize, devicePixelRatio: number): number {
  const widthPx = picture.widthPx / devicePixelRatio
  const heightPx = picture.heightPx / devicePixelRatio
  return Math.min(box.widthPx / Math.max(1, widthPx), box.heightPx / Math.max(1, heightPx), MAX_ZOOM)
}

function useBox(element: HTMLElement | null): PictureSize {
  const [box, setBox] = useState<PictureSize>({ widthPx: 0, heightPx: 0 })
  useLayoutEffect(() => {
    if (element === null) return
    const measure = () => setBox({ widthPx: element.clientWidth, heightPx: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return box
}

/** A picture on a stage of its own: as large as it fits or at its own size, then to be scrolled. */
export function PictureStage(props: {
  src: string | null
  /** A smaller picture of the same person, shown until the large one is there. */
  underSrc: string | null
  isRound: boolean
  zoom: PictureZoom
  /** Shown when there is no picture. */
  instead: ReactNode
  /** The true size, once it is known; and the zoom at which it fits. */
  onMeasured: (size: PictureSize, fit: number) => void
}) {
  const styles = useStyles()
  const { src, underSrc, zoom, onMeasured } = props
  const [stage, setStage] = useState<HTMLDivElement | null>(null)
  const [loaded, setLoaded] = useState<{ src: string; size: PictureSize } | null>(null)
  const [failedSrc, setFailedSrc] = useState<string | null>(null)
  const box = useBox(stage)
  const size = loaded !== null && loaded.src === src ? loaded.size : null
  const fit = size === null ? null : fittingZoom(size, box, devicePixelRatio)
  useLayoutEffect(() => {
    if (size !== null && fit !== null) onMeasured(size, fit)
  }, [size, fit, onMeasured])
  if (src === null || src === failedSrc) {
    return (
      <div ref={setStage} className={styles.stage}>
        <div className={styles.empty}>{props.instead}</div>
      </div>
    )
  }
  const scale = (zoom === 'fit' ? (fit ?? 1) : zoom) / devicePixelRatio
  const side = Math.min(box.widthPx, box.heightPx)
  const place: CSSProperties =
    size === null ? { width: side, height: side } : { width: size.widthPx * scale, height: size.heightPx * scale }
  return (
    <div ref={setStage} className={styles.stage} tabIndex={zoom === 'fit' ? undefined : 0}>
      <div className={styles.middle} style={place}>
        {size === null && underSrc !== null && <img className={styles.under} src={underSrc} alt="" />}
        <img
          key={src}
          className={props.isRound ? `${styles.image} ${styles.round}` : styles.image}
          src={src}
          alt=""
          draggable={false}
          style={{ visibility: size === null ? 'hidden' : 'visible' }}
          onError={() => setFailedSrc(src)}
          onLoad={({ currentTarget: { naturalWidth: widthPx, naturalHeight: heightPx } }) =>
            setLoaded({ src, size: { widthPx, heightPx } })
          }
        />
      </div>
    </div>
  )
}

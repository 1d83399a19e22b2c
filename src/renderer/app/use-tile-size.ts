import { useCallback, useEffect, useRef, useState } from 'react'
import { useSettings, useUpdateSettings } from '../api/queries.ts'
import { zoom } from '../features/grid/grid-layout.ts'

/** How long the slider must stand still before its place is kept, ms. */
const KEEP_AFTER_MS = 400

/** The size of the tiles' pictures (CSS px): on screen at once, kept in the settings when it settles. */
export function useTileSize(): { tilePx: number; setTilePx: (px: number) => void; zoomBy: (steps: number) => void } {
  const kept = useSettings().appearance.tilePx
  const update = useUpdateSettings()
  const [tilePx, setLocal] = useState(kept)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const wanted = useRef(kept)
  useEffect(() => {
    if (timer.current === null) setLocal(kept)
  }, [kept])
  const keep = useCallback(() => {
    if (timer.current === null) return
    clearTimeout(timer.current)
    timer.current = null
    update({ appearance: { tilePx: wanted.current } })
  }, [update])
  const setTilePx = useCallback(
    (px: number) => {
      setLocal(px)
      wanted.current = px
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = setTimeout(keep, KEEP_AFTER_MS)
    },
    [keep],
  )
  useEffect(() => {
    addEventListener('pagehide', keep)
    return () => removeEventListener('pagehide', keep)
  }, [keep])
  const zoomBy = useCallback((steps: number) => setTilePx(zoom(tilePx, steps)), [setTilePx, tilePx])
  return { tilePx, setTilePx, zoomBy }
}

import { makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useMemo, useRef, useState } from 'react'
import { atMostEvery } from '../../api/at-most-every.ts'
import { useEngine } from '../../api/engine-context.tsx'
import type { PeopleRowsSnapshot } from '../../api/people-rows.ts'

/** How often it is asked who is there, ms. */
const ASK_MS = 60
const HEIGHT_PX = 32

const useStyles = makeStyles({
  label: {
    position: 'absolute',
    insetInlineEnd: '24px',
    zIndex: 2,
    boxSizing: 'border-box',
    height: `${HEIGHT_PX}px`,
    maxWidth: '60%',
    padding: '0 12px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    lineHeight: `${HEIGHT_PX}px`,
    fontWeight: tokens.fontWeightSemibold,
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackgroundInverted,
    color: tokens.colorNeutralForegroundInverted,
    boxShadow: tokens.shadow8,
    pointerEvents: 'none',
    '@media (forced-colors: active)': { border: '1px solid CanvasText', lineHeight: `${HEIGHT_PX - 2}px` },
  },
})

/** Whose name stands at a place that is not loaded; null while nobody has to be asked, or has answered. */
function useNameThere(rows: PeopleRowsSnapshot, index: number): string | null {
  const { client } = useEngine()
  const [name, setName] = useState<string | null>(null)
  const { query } = rows
  const isAway = query !== null && rows.total > 0 && rows.rowAt(index) === null
  const wanted = useRef({ query, index, isAway })
  const ask = useMemo(
    () =>
      atMostEvery(ASK_MS, async () => {
        const { query: asked, index: offset } = wanted.current
        if (asked === null || !wanted.current.isAway) return
        const there = await client.people.search({ query: asked, offset, limit: 1 }).catch(() => null)
        setName(wanted.current.isAway ? (there?.rows[0]?.displayName ?? null) : null)
      }),
    [client],
  )
  useEffect(() => {
    wanted.current = { query, index, isAway }
    if (isAway) ask()
    else setName(null)
  }, [query, index, isAway, ask])
  return isAway ? name : null
}

/**
 * Beside the scrollbar, while it is dragged faster than faces can follow: whose place it is at. Decoration: the keyboard and screen
 * readers go from face to face.
 * @param props.index the first place on screen
 * @param props.share how far down it is, 0 to 1
 */
export function FlightLabel(props: { rows: PeopleRowsSnapshot; index: number; share: number }) {
  const styles = useStyles()
  const name = useNameThere(props.rows, props.index)
  if (name === null) return null
  const top = `calc((100% - ${HEIGHT_PX}px) * ${props.share.toFixed(4)})`
  return (
    <div className={styles.label} style={{ top }} aria-hidden="true" data-flight-label="">
      {name}
    </div>
  )
}

import { makeStyles, tokens } from '@fluentui/react-components'
import type { Band } from './band-hits.ts'

const useStyles = makeStyles({
  band: {
    position: 'absolute',
    zIndex: 4,
    pointerEvents: 'none',
    boxSizing: 'border-box',
    border: `1px solid ${tokens.colorBrandStroke1}`,
    '::before': {
      content: '""',
      position: 'absolute',
      inset: 0,
      backgroundColor: tokens.colorBrandBackground,
      opacity: 0.15,
    },
  },
})

/** The rectangle that is being drawn. */
export function RubberBand({ band }: { band: Band }) {
  const styles = useStyles()
  return (
    <div
      className={styles.band}
      data-band=""
      style={{
        insetInlineStart: Math.min(band.fromX, band.toX),
        top: Math.min(band.fromY, band.toY),
        width: Math.abs(band.toX - band.fromX),
        height: Math.abs(band.toY - band.fromY),
      }}
    />
  )
}

import { type GriffelStyle, makeStyles } from '@fluentui/react-components'
import type { ReactNode } from 'react'

/** Of what is heard and not seen. */
export const HIDDEN_STYLE = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  margin: '-1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} satisfies GriffelStyle

const useStyles = makeStyles({ hidden: HIDDEN_STYLE })

/** Words that are heard and not seen. */
export function HiddenText(props: { children: ReactNode }) {
  const styles = useStyles()
  return <span className={styles.hidden}>{props.children}</span>
}

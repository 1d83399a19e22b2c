import { makeStyles, Text, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  root: {
    height: '100%',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    // Where it does not fit it begins at its beginning, and scrolls.
    justifyContent: 'safe center',
    textAlign: 'center',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalXXL,
    overflowY: 'auto',
    '@media (max-height: 450px)': { padding: tokens.spacingHorizontalM },
  },
  icon: {
    width: '72px',
    height: '72px',
    borderRadius: '50%',
    display: 'flex',
    flexShrink: 0,
    alignItems: 'center',
    justifyContent: 'center',
    fontSize: '32px',
    color: tokens.colorBrandForeground1,
    backgroundColor: tokens.colorBrandBackground2,
    marginBottom: tokens.spacingVerticalM,
    '@media (max-height: 450px)': { display: 'none' },
  },
  text: { maxWidth: '46ch', color: tokens.colorNeutralForeground2 },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'center',
    gap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalM,
  },
})

/** Why there is nothing to see, and the next step as a button. */
export function EmptyState(props: {
  icon: ReactNode
  title: string
  text: ReactNode
  actions?: ReactNode
  /** h1 where there is nothing else on the page. */
  heading?: 'h1' | 'h2'
}) {
  const styles = useStyles()
  return (
    <div className={styles.root}>
      <div className={styles.icon} aria-hidden="true">
        {props.icon}
      </div>
      <Text as={props.heading ?? 'h2'} size={500} weight="semibold" align="center" block>
        {props.title}
      </Text>
      <Text className={styles.text} align="center" block>
        {props.text}
      </Text>
      {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
    </div>
  )
}

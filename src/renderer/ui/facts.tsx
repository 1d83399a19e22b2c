import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(88px, max-content) minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  term: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, overflowWrap: 'anywhere', userSelect: 'text', color: tokens.colorNeutralForeground1 },
})

/** Names with values. A fact whose value is empty is left out. */
export function Facts(props: { facts: readonly { label: string; value: ReactNode }[] }) {
  const styles = useStyles()
  return (
    <dl className={styles.list}>
      {props.facts
        .filter(({ value }) => value !== null && value !== undefined && value !== '')
        .map(({ label, value }) => [
          <dt key={`${label}-term`} className={styles.term}>
            {label}
          </dt>,
          <dd key={label} className={styles.value} dir="auto">
            {value}
          </dd>,
        ])}
    </dl>
  )
}

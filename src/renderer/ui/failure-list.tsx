import { makeStyles, Text, tokens } from '@fluentui/react-components'

const useStyles = makeStyles({
  list: {
    maxHeight: '220px',
    overflowY: 'auto',
    margin: 0,
    padding: tokens.spacingHorizontalM,
    listStyleType: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    userSelect: 'text',
  },
  reason: { color: tokens.colorNeutralForeground3 },
})

/** What failed, one line each. */
export function FailureList(props: { title: string; failures: readonly { subject: string; reason: string }[] }) {
  const styles = useStyles()
  return (
    <div>
      <Text weight="semibold" size={200} block>
        {props.title}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <ul className={styles.list} tabIndex={0} aria-label={props.title}>
        {props.failures.map(({ subject, reason }, at) => (
          <li key={at}>
            {subject} <span className={styles.reason}>{reason}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

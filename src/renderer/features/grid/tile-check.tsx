import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled } from '@fluentui/react-icons'

const useStyles = makeStyles({
  check: {
    flexShrink: 0,
    boxSizing: 'border-box',
    width: '22px',
    height: '22px',
    fontSize: '22px',
    lineHeight: 0,
    borderRadius: '50%',
    opacity: 0,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  corner: { position: 'absolute', top: '8px', insetInlineStart: '8px', boxShadow: tokens.shadow2 },
  small: { top: '2px', insetInlineStart: '2px', width: '16px', height: '16px', fontSize: '16px' },
  inline: { width: '18px', height: '18px', fontSize: '18px', opacity: 1, backgroundColor: 'transparent' },
  // A line and not an icon: every tile has one, and it is seen on few.
  empty: { border: `1.5px solid ${tokens.colorNeutralForeground3}` },
  checked: { opacity: 1, color: tokens.colorBrandForeground1 },
})

/** The round box that selects one without letting the others go. The keyboard has Ctrl+Space for it. */
export function TileCheck(props: { isSelected: boolean; isSmall?: boolean; isInline?: boolean }) {
  const styles = useStyles()
  return (
    <span
      data-check=""
      aria-hidden="true"
      className={mergeClasses(
        styles.check,
        props.isInline ? styles.inline : styles.corner,
        props.isSmall && styles.small,
        props.isSelected ? styles.checked : styles.empty,
      )}
    >
      {props.isSelected && <CheckmarkCircleFilled />}
    </span>
  )
}

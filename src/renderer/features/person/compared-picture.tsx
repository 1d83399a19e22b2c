import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { Facts } from '../../ui/facts.tsx'
import { initialsOf } from '../../ui/initials.ts'

const useStyles = makeStyles({
  column: { minWidth: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  box: {
    aspectRatio: '1',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    overflow: 'hidden',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground3,
    fontSize: '48px',
  },
  round: { borderRadius: '50%' },
  image: { width: '100%', height: '100%', objectFit: 'contain' },
  whole: { objectFit: 'none' },
  cover: { objectFit: 'cover' },
  text: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
})

/** How pictures are shown that are compared: as Outlook and Teams crop them, or pixel by pixel. */
export interface ComparedLook {
  readonly isRound: boolean
  readonly isWhole: boolean
}

/** One picture of a comparison, with what was measured. `src`: null where there is none. */
export function ComparedPicture(props: {
  src: string | null
  name: string
  title: string
  subtitle: string
  look: ComparedLook
  facts: readonly { label: string; value: string }[]
}) {
  const styles = useStyles()
  const { src, look } = props
  const [failedSrc, setFailedSrc] = useState<string | null>(null)
  const fit = mergeClasses(styles.image, look.isRound && styles.cover, look.isWhole && styles.whole)
  return (
    <li className={styles.column}>
      <div className={mergeClasses(styles.box, look.isRound && styles.round)}>
        {src === null || src === failedSrc ? (
          <span aria-hidden="true">{initialsOf(props.name)}</span>
        ) : (
          <img className={fit} src={src} alt="" draggable={false} onError={() => setFailedSrc(src)} />
        )}
      </div>
      <Text weight="semibold" className={styles.text} dir="auto">
        {props.title}
      </Text>
      <Text size={200} className={mergeClasses(styles.text, styles.quiet)} dir="auto">
        {props.subtitle}
      </Text>
      <Facts facts={props.facts} />
    </li>
  )
}

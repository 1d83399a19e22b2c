import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { FactMatch } from '../../../shared/people.ts'

const useStyles = makeStyles({
  mark: {
    backgroundColor: 'transparent',
    // The usual one is too faint, in the dark, on a tile that is pointed at.
    color: tokens.colorBrandForeground2Hover,
    fontWeight: tokens.fontWeightBold,
    textDecorationLine: 'underline',
    textUnderlineOffset: '2px',
  },
})

/** A fact with what a search matched in it set off. */
export function MatchedText({ text, match }: { text: string; match: FactMatch | undefined }) {
  return match === undefined || match.text !== text ? text : <Marked text={text} ranges={match.ranges} />
}

function Marked({ text, ranges }: { text: string; ranges: FactMatch['ranges'] }) {
  const styles = useStyles()
  const parts: ReactNode[] = []
  let written = 0
  for (const [from, to] of ranges) {
    parts.push(
      text.slice(written, from),
      <mark key={from} className={styles.mark}>
        {text.slice(from, to)}
      </mark>,
    )
    written = to
  }
  return [...parts, text.slice(written)]
}

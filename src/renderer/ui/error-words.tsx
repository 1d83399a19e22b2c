import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, makeStyles } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  // Where room is short the words would otherwise hang out of it, over what is below.
  bar: { flexShrink: 0 },
})

/** What went wrong and the next step, with the step as a button where there is one. */
export function ErrorWords(props: {
  title: string
  nextStep: string
  intent?: 'error' | 'warning' | 'info'
  actions?: ReactNode
}) {
  const styles = useStyles()
  return (
    <MessageBar intent={props.intent ?? 'error'} className={styles.bar}>
      <MessageBarBody>
        <MessageBarTitle>{props.title}</MessageBarTitle> {props.nextStep}
      </MessageBarBody>
      {props.actions !== undefined && <MessageBarActions>{props.actions}</MessageBarActions>}
    </MessageBar>
  )
}

import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import type { ReactNode } from 'react'

/** What went wrong and the next step, with the step as a button where there is one. */
export function ErrorWords(props: {
  title: string
  nextStep: string
  intent?: 'error' | 'warning' | 'info'
  actions?: ReactNode
}) {
  return (
    <MessageBar intent={props.intent ?? 'error'}>
      <MessageBarBody>
        <MessageBarTitle>{props.title}</MessageBarTitle> {props.nextStep}
      </MessageBarBody>
      {props.actions !== undefined && <MessageBarActions>{props.actions}</MessageBarActions>}
    </MessageBar>
  )
}

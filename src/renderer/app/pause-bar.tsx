import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { useServerPause } from '../api/use-server-pause.ts'

/** Says that the server wants to be left alone, and for how long; everything that is known goes on being usable (F85). */
export function PauseBar(props: { onAskLess: () => void }) {
  const { t } = useTranslation()
  const seconds = useServerPause()
  if (seconds === null) return null
  return (
    <MessageBar intent="warning" data-banner="pause">
      <MessageBarBody>
        <MessageBarTitle>{t('pause.title')}</MessageBarTitle> {t('pause.text', { count: seconds })}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={props.onAskLess}>
          {t('pause.askLess')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  )
}

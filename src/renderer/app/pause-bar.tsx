import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../api/queries.ts'
import { useServerPause } from '../api/use-server-pause.ts'
import { useFormats } from '../ui/use-formats.ts'

/** From here on the end is told as a time of day, and not in seconds (s). */
const LONG_PAUSE_S = 120

/** Says that the server wants to be left alone, and for how long; everything that is known goes on being usable (F85). */
export function PauseBar(props: { onAskLess: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const seconds = useServerPause()
  const untilMs = useConnection().status?.busyUntilMs ?? null
  if (seconds === null || untilMs === null) return null
  const isLong = seconds >= LONG_PAUSE_S
  return (
    <MessageBar intent="warning" data-banner="pause">
      <MessageBarBody>
        <MessageBarTitle>{t('pause.title')}</MessageBarTitle>{' '}
        {isLong ? t('pause.longText', { time: formats.dateTime(untilMs) }) : t('pause.text', { count: seconds })}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={props.onAskLess}>
          {t('pause.askLess')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  )
}

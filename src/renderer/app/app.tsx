import { Toaster } from '@fluentui/react-components'
import { LockClosedRegular, PlugDisconnectedRegular } from '@fluentui/react-icons'
import { ErrorBoundary } from 'react-error-boundary'
import { useTranslation } from 'react-i18next'
import { useLinkState } from '../api/engine-context.tsx'
import { useAppInfo, useConnection } from '../api/queries.ts'
import { toAppError } from '../api/to-app-error.ts'
import { useErrorWords } from '../i18n/use-error-words.ts'
import { Announcer } from '../ui/announcer.tsx'
import { useReturnedFocus } from '../ui/use-returned-focus.ts'
import { Fault } from './fault.tsx'
import { MainWindow } from './main-window.tsx'
import { Reason } from './reason.tsx'
import { Theme } from './theme.tsx'

/** The window once the engine answers; until then, and when it cannot, what is the matter. */
function WindowOrReason() {
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const link = useLinkState()
  const info = useAppInfo()
  const { status, error } = useConnection()
  if (link === 'not-admitted') {
    return <Reason icon={<LockClosedRegular />} title={t('link.notAdmitted')} text={t('link.notAdmittedText')} />
  }
  if (info !== null && status !== null) return <MainWindow info={info} status={status} />
  if (link === 'lost') {
    return <Reason icon={<PlugDisconnectedRegular />} title={t('link.lost')} text={t('link.lostText')} />
  }
  if (error !== null) {
    const { title, nextStep } = errorWords(toAppError(error))
    return <Reason icon={<PlugDisconnectedRegular />} title={title} text={nextStep} />
  }
  return null
}

/** The page. */
export function App() {
  useReturnedFocus()
  return (
    <Theme>
      <Announcer>
        <ErrorBoundary FallbackComponent={Fault}>
          <WindowOrReason />
        </ErrorBoundary>
        <Toaster position="bottom-end" offset={{ vertical: 48 }} />
      </Announcer>
    </Theme>
  )
}

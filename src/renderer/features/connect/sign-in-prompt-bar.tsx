import { Link, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { useSignInPrompt } from '../../api/use-sign-in-prompt.ts'

/** Says where to sign in while Rollcall waits for it: in the browser that was opened, else by a link (F7). */
export function SignInPromptBar() {
  const { t } = useTranslation()
  const prompt = useSignInPrompt()
  if (prompt === null) return null
  const code = prompt.kind === 'device-code' ? prompt.code : null
  const isOpened = prompt.kind === 'browser' && prompt.isOpened
  return (
    <MessageBar intent="info">
      <MessageBarBody>
        <MessageBarTitle>{isOpened ? t('connect.signInOpened') : t('connect.signInAsked')}</MessageBarTitle>{' '}
        {code !== null && `${t('connect.signInCode', { code })} `}
        {!isOpened && (
          <Link href={prompt.url} target="_blank" rel="noopener noreferrer" inline>
            {t('connect.signInLink', { host: new URL(prompt.url).host })}
          </Link>
        )}
      </MessageBarBody>
    </MessageBar>
  )
}

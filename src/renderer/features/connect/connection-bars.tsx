import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionStatus } from '../../../shared/connections.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { ErrorWords } from '../../ui/error-words.tsx'
import { TrustDialog } from './trust-dialog.tsx'

const useStyles = makeStyles({
  // In a narrow window the people need the room more.
  more: { '@media (max-width: 700px)': { display: 'none' } },
  demo: { borderRadius: 0, borderLeftWidth: 0, borderRightWidth: 0, backgroundColor: tokens.colorBrandBackground2 },
})

/** Leads to the certificate that keeps an account from its server; nothing where none is shown that trust could help. */
function CertificateButton({ account, error }: Pick<ConnectionStatus, 'account' | 'error'>) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  if (account === null || account.isDemo || error?.code !== 'certificate-untrusted') return null
  const { certificate, endpoint } = error
  if (certificate === undefined) return null
  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {t('banner.showCertificate')}
      </Button>
      {isOpen && (
        <TrustDialog
          address={account.address}
          host={new URL(endpoint).hostname}
          certificate={certificate}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  )
}

/** Says that the demo organisation is shown, and what keeps an account from being online, each with the next step. */
export function ConnectionBars(props: { status: ConnectionStatus; onConnect: () => void; onSignIn: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const { client } = useEngine()
  const retry = useMutation({ mutationFn: () => client.connections.retry() })
  const { account, state, error } = props.status
  const words = error === null ? null : errorWords(error)
  return (
    <>
      {account?.isDemo === true && (
        <MessageBar intent="info" className={styles.demo} data-banner="demo">
          <MessageBarBody>
            <MessageBarTitle>{t('banner.demoTitle')}</MessageBarTitle>{' '}
            <span className={styles.more}>{t('banner.demoText')}</span>
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={props.onConnect}>
              {t('banner.connectOwn')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {account?.isBasic === true && (
        <MessageBar intent="warning" data-banner="basic">
          <MessageBarBody>
            <MessageBarTitle>{t('banner.basicTitle')}</MessageBarTitle> {t('banner.basicText')}
          </MessageBarBody>
        </MessageBar>
      )}
      {(state === 'offline' || state === 'signed-out') && (
        <ErrorWords
          intent="warning"
          title={words?.title ?? t(`connection.${state}`)}
          nextStep={words?.nextStep ?? ''}
          actions={
            <>
              <CertificateButton account={account} error={error} />
              {state === 'signed-out' && account?.isDemo !== true && (
                <Button size="small" onClick={props.onSignIn}>
                  {t(
                    account?.auth === 'bearer' || error?.code === 'client-certificate-refused'
                      ? 'banner.signInAgain'
                      : 'banner.signIn',
                  )}
                </Button>
              )}
              <Button size="small" disabledFocusable={retry.isPending} onClick={() => retry.mutate()}>
                {t('banner.retry')}
              </Button>
            </>
          }
        />
      )}
    </>
  )
}

import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../ui/facts.tsx'
import type { ConnectQuestion } from './connect-question.ts'
import { useCertificateFacts } from './use-certificate-facts.ts'

const useStyles = makeStyles({
  request: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
  },
})

/** Asks what a person has to agree to before connecting goes on, and shows by what the host can be recognised. */
export function ConsentRequest(props: {
  question: Omit<ConnectQuestion, 'agreed'>
  isBusy: boolean
  onAgree: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const factsOf = useCertificateFacts()
  const { kind, host, certificate } = props.question
  const request = useRef<HTMLElement>(null)
  // In a low window it would come below what is seen.
  useEffect(() => {
    request.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <section ref={request} className={styles.request} aria-label={t(`consent.${kind}.title`, { host })}>
      <Text weight="semibold">{t(`consent.${kind}.title`, { host })}</Text>
      <Text size={200}>{t(`consent.${kind}.text`)}</Text>
      {certificate === null && <Text size={200}>{t('consent.noCertificate')}</Text>}
      {certificate != null && <Facts facts={factsOf(certificate)} />}
      <Button disabledFocusable={props.isBusy} onClick={props.onAgree}>
        {t(`consent.${kind}.agree`, { host })}
      </Button>
    </section>
  )
}

import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors.ts'
import { Facts } from '../../ui/facts.tsx'
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

/** Asks whether a host outside the mail domain may be given the password, and shows by what it can be recognised. */
export function ConsentRequest(props: {
  error: Extract<AppError, { code: 'consent-needed' }>
  isBusy: boolean
  onAgree: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const factsOf = useCertificateFacts()
  const { host, certificate } = props.error
  return (
    <section className={styles.request} aria-label={t('consent.title', { host })}>
      <Text weight="semibold">{t('consent.title', { host })}</Text>
      <Text size={200}>{t('consent.text')}</Text>
      {certificate === null ? (
        <Text size={200}>{t('consent.noCertificate')}</Text>
      ) : (
        <Facts facts={factsOf(certificate)} />
      )}
      <Button disabledFocusable={props.isBusy} onClick={props.onAgree}>
        {t('consent.agree', { host })}
      </Button>
    </section>
  )
}

import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const useStyles = makeStyles({
  form: { display: 'grid', gap: tokens.spacingVerticalS, padding: `${tokens.spacingVerticalS} 0` },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS },
})

/** The end of a day as a date field gives it, ms since 1970 by this computer's time; null for none. */
function endOfDay(date: string): number | null {
  const endMs = date === '' ? Number.NaN : new Date(`${date}T23:59:59.999`).getTime()
  return Number.isNaN(endMs) ? null : endMs
}

/** Why a finding is accepted, and until when. */
export function AcceptForm(props: {
  onAccept: (reason: string, untilMs: number | null) => void
  onCancel: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        props.onAccept(reason, endOfDay(until))
      }}
    >
      <Field label={t('findings.reason')}>
        <Input value={reason} maxLength={500} onChange={(_, { value }) => setReason(value)} autoFocus />
      </Field>
      <Field label={t('findings.until')} hint={t('findings.untilHint')}>
        <Input type="date" value={until} onChange={(_, { value }) => setUntil(value)} />
      </Field>
      <div className={styles.buttons}>
        <Button size="small" appearance="primary" type="submit">
          {t('findings.confirm')}
        </Button>
        <Button size="small" onClick={props.onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

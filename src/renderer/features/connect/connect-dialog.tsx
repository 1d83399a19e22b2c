import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isExchangeOnlineUrl } from '../../../shared/exchange-online.ts'
import { useAppInfo } from '../../api/queries.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { ErrorWords } from '../../ui/error-words.tsx'
import { AdvancedFields } from './advanced-fields.tsx'
import type { ConnectFieldsProps, ConnectForm } from './connect-form.ts'
import { checkForm, EMPTY_FORM } from './connect-form.ts'
import { type ConnectQuestion, questionOf } from './connect-question.ts'
import { ConsentRequest } from './consent-request.tsx'
import { ExchangeOnlineBar } from './exchange-online-bar.tsx'
import { SignInPromptBar } from './sign-in-prompt-bar.tsx'
import { StepList } from './step-list.tsx'
import { useConnect } from './use-connect.ts'

const useStyles = makeStyles({
  // Where room is short it scrolls, and nothing in it is pressed together.
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  note: { color: tokens.colorNeutralForeground3 },
})

function MainFields({ form, problems, onChange }: ConnectFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Field
        label={t('connect.address')}
        required
        {...(problems.address && { validationMessage: t('connect.addressProblem') })}
      >
        <Input
          type="email"
          autoComplete="username"
          value={form.address}
          placeholder={t('connect.addressExample')}
          onChange={(_, { value }) => onChange({ address: value })}
        />
      </Field>
      {form.auth === 'bearer' ? (
        <Text>{t('connect.signInInBrowser')}</Text>
      ) : (
        <Field label={t('connect.password')}>
          <Input
            type="password"
            autoComplete="off"
            value={form.password}
            onChange={(_, { value }) => onChange({ password: value })}
          />
        </Field>
      )}
    </>
  )
}

/** Where the password goes: into the system's store when asked to, else into memory for this run. */
function KeepField({ form, onChange }: ConnectFieldsProps) {
  const styles = useStyles()
  const { t } = useTranslation()
  const hasStore = useAppInfo()?.hasSecretStore ?? false
  const isByToken = form.auth === 'bearer'
  if (!hasStore) {
    return (
      <Text size={200} className={styles.note}>
        {t(isByToken ? 'connect.signInKeptForThisRun' : 'connect.keptForThisRun')}
      </Text>
    )
  }
  return (
    <Checkbox
      label={t(isByToken ? 'connect.rememberSignIn' : 'connect.remember')}
      checked={form.isRemembered}
      onChange={(_, { checked }) => onChange({ isRemembered: checked === true })}
    />
  )
}

function FormButtons(props: { isBusy: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Button onClick={props.onClose}>{t('common.cancel')}</Button>
      <Button
        type="submit"
        appearance="primary"
        disabledFocusable={props.isBusy}
        icon={props.isBusy ? <Spinner size="tiny" aria-hidden="true" /> : null}
      >
        {props.isBusy ? t('connect.connecting') : t('connect.connect')}
      </Button>
    </>
  )
}

/**
 * Address and password, or modern sign-in in the browser; what discovery did, step by step; and what to do when it failed
 * (F1–F4, F7, F90). Where it is Exchange Online the dialog stays to say what that means (F11).
 */
export function ConnectDialog(props: {
  firstForm?: Partial<ConnectForm>
  onClose: () => void
  onConnected: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const [form, setForm] = useState<ConnectForm>({ ...EMPTY_FORM, ...props.firstForm })
  const [isChecked, setIsChecked] = useState(false)
  const { input, problems } = checkForm(form)
  const connect = useConnect(props.onConnected)
  const words = connect.error === null ? null : errorWords(connect.error)
  const fields: ConnectFieldsProps = {
    form,
    problems: isChecked ? problems : { address: false, ewsUrl: false },
    onChange: (change) => setForm({ ...form, ...change }),
  }
  const question = questionOf(connect.error, form)
  const agreeTo = ({ agreed }: ConnectQuestion) => {
    setForm(agreed)
    const again = checkForm(agreed).input
    if (again !== null) connect.start(again)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setIsChecked(true)
    if (input !== null && !connect.isBusy && !connect.isConnected) connect.start(input)
  }
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && props.onClose()}>
      <DialogBox>
        <form onSubmit={onSubmit} noValidate>
          <DialogBody>
            <DialogTitle>{t('connect.title')}</DialogTitle>
            <DialogContent className={styles.content}>
              <Text>{t('connect.explanation')}</Text>
              <MainFields {...fields} />
              <KeepField {...fields} />
              <AdvancedFields {...fields} />
              {connect.isBusy && <SignInPromptBar />}
              {(connect.isExchangeOnline || isExchangeOnlineUrl(form.ewsUrl.trim())) && <ExchangeOnlineBar />}
              {question !== null ? (
                <ConsentRequest question={question} isBusy={connect.isBusy} onAgree={() => agreeTo(question)} />
              ) : (
                words !== null && <ErrorWords {...words} />
              )}
              {connect.steps.length > 0 && <StepList steps={connect.steps} />}
            </DialogContent>
            <DialogActions>
              {connect.isConnected ? (
                <Button appearance="primary" onClick={props.onConnected}>
                  {t('common.close')}
                </Button>
              ) : (
                <FormButtons isBusy={connect.isBusy} onClose={props.onClose} />
              )}
            </DialogActions>
          </DialogBody>
        </form>
      </DialogBox>
    </Dialog>
  )
}

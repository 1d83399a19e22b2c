import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Dropdown,
  Field,
  Input,
  makeStyles,
  Option,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthChoice } from '../../../shared/connections.ts'
import { AUTH_CHOICES } from '../../../shared/connections.ts'
import { isExchangeOnlineUrl } from '../../../shared/exchange-online.ts'
import { useAppInfo } from '../../api/queries.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { ErrorWords } from '../../ui/error-words.tsx'
import type { ConnectForm } from './connect-form.ts'
import { checkForm, EMPTY_FORM } from './connect-form.ts'
import { type ConnectQuestion, questionOf } from './connect-question.ts'
import { ConsentRequest } from './consent-request.tsx'
import { ExchangeOnlineBar } from './exchange-online-bar.tsx'
import { SignInPromptBar } from './sign-in-prompt-bar.tsx'
import { StepList } from './step-list.tsx'
import { useConnect } from './use-connect.ts'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  advanced: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalS,
  },
  note: { color: tokens.colorNeutralForeground3 },
})

interface FieldsProps {
  readonly form: ConnectForm
  readonly problems: ReturnType<typeof checkForm>['problems']
  readonly onChange: (change: Partial<ConnectForm>) => void
}

function MainFields({ form, problems, onChange }: FieldsProps) {
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

function AdvancedFields({ form, problems, onChange }: FieldsProps) {
  const styles = useStyles()
  const { t } = useTranslation()
  return (
    <Accordion collapsible>
      <AccordionItem value="advanced">
        <AccordionHeader size="small">{t('connect.advanced')}</AccordionHeader>
        <AccordionPanel>
          <div className={styles.advanced}>
            <Field label={t('connect.userName')} hint={t('connect.userNameHint')}>
              <Input value={form.userName} onChange={(_, { value }) => onChange({ userName: value })} />
            </Field>
            <Field label={t('connect.auth')}>
              <Dropdown
                value={t(`auth.${form.auth}`)}
                selectedOptions={[form.auth]}
                onOptionSelect={(_, { optionValue }) =>
                  onChange({ auth: AUTH_CHOICES.find((choice) => choice === optionValue) ?? 'auto' })
                }
              >
                {AUTH_CHOICES.map((choice: AuthChoice) => (
                  <Option key={choice} value={choice}>
                    {t(`auth.${choice}`)}
                  </Option>
                ))}
              </Dropdown>
            </Field>
            <Field
              label={t('connect.ewsUrl')}
              hint={t('connect.ewsUrlHint')}
              {...(problems.ewsUrl && { validationMessage: t('connect.ewsUrlProblem') })}
            >
              <Input
                type="url"
                value={form.ewsUrl}
                placeholder="https://mail.example.org/EWS/Exchange.asmx"
                onChange={(_, { value }) => onChange({ ewsUrl: value })}
              />
            </Field>
            <Field hint={t('connect.onlineLookupHint')}>
              <Checkbox
                label={t('connect.onlineLookup')}
                checked={form.isOnlineLookupAllowed}
                onChange={(_, { checked }) => onChange({ isOnlineLookupAllowed: checked === true })}
              />
            </Field>
          </div>
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  )
}

/** Where the password goes: into the system's store when asked to, else into memory for this run. */
function KeepField({ form, onChange }: FieldsProps) {
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
        icon={props.isBusy ? <Spinner size="tiny" /> : null}
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
  const fields: FieldsProps = {
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
      <DialogSurface>
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
      </DialogSurface>
    </Dialog>
  )
}

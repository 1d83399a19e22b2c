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
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type LdapAccount, parseLdapUrl } from '../../../shared/ldap.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { useAppInfo } from '../../api/queries.ts'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { ErrorWords } from '../../ui/error-words.tsx'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  note: { color: tokens.colorNeutralForeground3 },
})

/** What is typed, as it is typed. */
interface LdapForm {
  readonly url: string
  readonly userName: string
  readonly password: string
  readonly isRemembered: boolean
  readonly isHiddenIncluded: boolean
}

/** The LDAP server of the account in use: where it is, who signs in, and reading everybody from it. */
export function LdapDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { queries } = useEngine()
  // What another window, or the command line, has set meanwhile is to be seen.
  const { data, error } = useQuery({ ...queries.connections.readLdap.queryOptions(), gcTime: 0 })
  const errorWords = useErrorWords()
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogBox>
        {data === undefined ? (
          <DialogBody>
            <DialogTitle>{t('ldap.title')}</DialogTitle>
            <DialogContent>
              {error === null ? (
                <Spinner size="small" label={t('empty.loading')} />
              ) : (
                <ErrorWords {...errorWords(toAppError(error))} />
              )}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{t('common.close')}</Button>
            </DialogActions>
          </DialogBody>
        ) : (
          <LdapBody kept={data} onClose={onClose} />
        )}
      </DialogBox>
    </Dialog>
  )
}

function LdapBody({ kept, onClose }: { kept: LdapAccount | null; onClose: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { client } = useEngine()
  const errorWords = useErrorWords()
  const [isChecked, setIsChecked] = useState(false)
  const [form, setForm] = useState<LdapForm>({
    url: kept?.url ?? '',
    userName: kept?.userName ?? '',
    password: '',
    isRemembered: true,
    isHiddenIncluded: kept?.isHiddenIncluded ?? false,
  })
  const save = useMutation({
    mutationFn: async (isRead: boolean) => {
      const { password, ...rest } = form
      await client.connections.setLdap({ ...rest, url: form.url.trim(), ...(password !== '' && { password }) })
      if (isRead) await client.people.startReadDirectory({ from: 'ldap' })
    },
    onSuccess: onClose,
  })
  const forget = useMutation({ mutationFn: () => client.connections.forgetLdap(), onSuccess: onClose })
  const isBusy = save.isPending || forget.isPending
  const failure = save.error ?? forget.error
  const start = (isRead: boolean) => {
    setIsChecked(true)
    if (!isBusy && parseLdapUrl(form.url.trim()) !== null) save.mutate(isRead)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        start(true)
      }}
    >
      <DialogBody>
        <DialogTitle>{t('ldap.title')}</DialogTitle>
        <DialogContent className={styles.content}>
          <Text>{t('ldap.explanation')}</Text>
          <LdapFields
            form={form}
            kept={kept}
            isUrlWrong={isChecked && parseLdapUrl(form.url.trim()) === null}
            onChange={(change) => setForm({ ...form, ...change })}
          />
          {failure !== null && <ErrorWords {...errorWords(toAppError(failure))} />}
        </DialogContent>
        <DialogActions fluid>
          {kept !== null && (
            <Button disabledFocusable={isBusy} onClick={() => forget.mutate()}>
              {t('ldap.remove')}
            </Button>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button disabledFocusable={isBusy} onClick={() => start(false)}>
            {t('ldap.save')}
          </Button>
          <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
            {t('ldap.read')}
          </Button>
        </DialogActions>
      </DialogBody>
    </form>
  )
}

function LdapFields(props: {
  form: LdapForm
  kept: LdapAccount | null
  isUrlWrong: boolean
  onChange: (change: Partial<LdapForm>) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { form, kept, onChange } = props
  const hasStore = useAppInfo()?.hasSecretStore ?? false
  const hasUser = form.userName.trim() !== ''
  const isPasswordKept = kept !== null && kept.secretKeptIn !== 'nowhere' && kept.userName === form.userName.trim()
  return (
    <>
      <Field
        label={t('ldap.url')}
        hint={t('ldap.urlHint')}
        required
        {...(props.isUrlWrong && { validationMessage: t('ldap.urlProblem') })}
      >
        <Input
          value={form.url}
          spellCheck={false}
          placeholder="ldaps://dc1.example.org/DC=example,DC=org"
          onChange={(_, { value }) => onChange({ url: value })}
        />
      </Field>
      <Field label={t('ldap.userName')} hint={t('ldap.userNameHint')}>
        <Input
          value={form.userName}
          spellCheck={false}
          autoComplete="off"
          onChange={(_, { value }) => onChange({ userName: value })}
        />
      </Field>
      {hasUser && (
        <Field label={t('ldap.password')} {...(isPasswordKept && { hint: t('ldap.passwordKept') })}>
          <Input
            type="password"
            autoComplete="off"
            value={form.password}
            onChange={(_, { value }) => onChange({ password: value })}
          />
        </Field>
      )}
      {hasUser && hasStore && (
        <Checkbox
          label={t('connect.remember')}
          checked={form.isRemembered}
          onChange={(_, { checked }) => onChange({ isRemembered: checked === true })}
        />
      )}
      {hasUser && !hasStore && (
        <Text size={200} className={styles.note}>
          {t('connect.keptForThisRun')}
        </Text>
      )}
      <Checkbox
        label={t('ldap.hidden')}
        checked={form.isHiddenIncluded}
        onChange={(_, { checked }) => onChange({ isHiddenIncluded: checked === true })}
      />
    </>
  )
}

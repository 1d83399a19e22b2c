import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogBox } from '../../ui/dialog-box.tsx'

const MAX_LETTERS = 100

/** Asks for the name of a scope. */
export function NameDialog(props: {
  title: string
  firstName: string
  onName: (name: string) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [name, setName] = useState(props.firstName)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') props.onName(name.trim())
  }
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && props.onClose()}>
      <DialogBox>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{props.title}</DialogTitle>
            <DialogContent>
              <Field label={t('scopes.name')} required>
                <Input value={name} maxLength={MAX_LETTERS} onChange={(_, { value }) => setName(value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button onClick={props.onClose}>{t('common.cancel')}</Button>
              <Button appearance="primary" type="submit" disabledFocusable={name.trim() === ''}>
                {t('scopes.keep')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogBox>
    </Dialog>
  )
}

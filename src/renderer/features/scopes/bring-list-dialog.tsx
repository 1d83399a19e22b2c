import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Spinner,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { DocumentAddRegular } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListMatch } from '../../../shared/people.ts'
import type { ScopeDefinition } from '../../../shared/scopes.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { ErrorWords } from '../../ui/error-words.tsx'
import { MatchReport } from './match-report.tsx'
import { readTextFile } from './read-text-file.ts'

const useStyles = makeStyles({
  surface: { maxWidth: '680px' },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  text: { minHeight: '160px' },
  file: { alignSelf: 'flex-start' },
})

/** Makes a scope of a pasted list or a CSV: whom it means, and what was not found, before it is kept (F15). */
export function BringListDialog(props: {
  onSave: (name: string, definition: ScopeDefinition) => Promise<unknown>
  onClose: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { client } = useEngine()
  const wordsOf = useErrorWords()
  const fileInput = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const [match, setMatch] = useState<ListMatch | null>(null)
  const find = useMutation({ mutationFn: () => client.people.matchList({ text }), onSuccess: setMatch })
  const save = useMutation({
    mutationFn: ({ addresses }: ListMatch) =>
      props.onSave(name.trim() || t('scopes.listName', { count: addresses.length }), {
        kind: 'addresses',
        source: 'list',
        addresses,
      }),
    onSuccess: props.onClose,
  })
  const change = (next: string) => {
    setText(next)
    setMatch(null)
  }
  const bring = async (file: File | undefined) => {
    if (file === undefined) return
    change(await readTextFile(file))
    setName(file.name.replace(/\.[^.]+$/, ''))
  }
  const isBusy = find.isPending || save.isPending
  const error = find.error ?? save.error
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && props.onClose()}>
      <DialogBox className={styles.surface}>
        <DialogBody>
          <DialogTitle>{t('scopes.bringTitle')}</DialogTitle>
          <DialogContent className={styles.content}>
            <Field label={t('scopes.bringText')} hint={t('scopes.bringHint')}>
              <Textarea
                className={styles.text}
                resize="vertical"
                rows={8}
                value={text}
                onChange={(_, { value }) => change(value)}
              />
            </Field>
            <Button className={styles.file} icon={<DocumentAddRegular />} onClick={() => fileInput.current?.click()}>
              {t('scopes.chooseFile')}
            </Button>
            <input
              ref={fileInput}
              type="file"
              hidden
              accept=".csv,.txt,text/csv,text/plain"
              aria-label={t('scopes.chooseFile')}
              onChange={({ target }) => void bring(target.files?.[0]).finally(() => (target.value = ''))}
            />
            {error !== null && <ErrorWords {...wordsOf(toAppError(error))} />}
            {match !== null && (
              <>
                <MatchReport match={match} />
                <Field label={t('scopes.name')}>
                  <Input
                    value={name}
                    maxLength={100}
                    placeholder={t('scopes.listName', { count: match.addresses.length })}
                    onChange={(_, { value }) => setName(value)}
                  />
                </Field>
              </>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={props.onClose}>{t('common.cancel')}</Button>
            <Button
              appearance="primary"
              icon={isBusy ? <Spinner size="tiny" aria-label={t('common.busy')} /> : null}
              disabledFocusable={isBusy || text.trim() === '' || match?.addresses.length === 0}
              onClick={() => (match === null ? find.mutate() : save.mutate(match))}
            >
              {match === null ? t('scopes.find') : t('scopes.show', { count: match.addresses.length })}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogBox>
    </Dialog>
  )
}

import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../api/engine-context.tsx'
import type { ScopeChoice } from '../../api/scope-choices.ts'
import { likeliestScope } from '../../api/scope-choices.ts'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { CountRadios } from '../../ui/count-radios.tsx'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { ErrorWords } from '../../ui/error-words.tsx'
import { useFormats } from '../../ui/use-formats.ts'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  note: { color: tokens.colorNeutralForeground3 },
})

interface AuditDialogProps {
  readonly choices: readonly ScopeChoice[]
  readonly onClose: () => void
  readonly onSaved: (saved: { file: string; rows: number }) => void
}

/** Whom to check, what that asks of the server, and the report as a file (F52–F58, F67). */
export function AuditDialog({ choices, onClose, onSaved }: AuditDialogProps) {
  const styles = useStyles()
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const formats = useFormats()
  const { client } = useEngine()
  const [key, setKey] = useState(() => likeliestScope(choices))
  const choice = choices.find((candidate) => candidate.key === key)

  const start = useMutation({
    mutationFn: (scope: ScopeChoice['scope']) => client.audit.start({ scope }),
    onSuccess: onClose,
  })
  const save = useMutation({
    mutationFn: async (scope: ScopeChoice['scope']) => {
      const target = await client.exports.chooseTarget()
      return target === null ? null : client.audit.saveCsv({ scope, targetToken: target.token })
    },
    onSuccess: (saved) => {
      if (saved === null) return
      onSaved(saved)
      onClose()
    },
  })
  const estimate = useQuery({
    queryKey: ['audit-estimate', key, choice?.count],
    queryFn: () => (choice === undefined ? null : client.audit.estimate({ scope: choice.scope })),
  }).data
  const thrown = start.error ?? save.error
  const words = thrown === null ? null : errorWords(toAppError(thrown))
  const isBusy = start.isPending || save.isPending
  const count = choice?.count ?? 0
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogBox>
        <DialogBody>
          <DialogTitle>{t('audit.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{t('audit.explanation')}</Text>
            <CountRadios
              label={t('scope.label')}
              value={key}
              onChange={setKey}
              choices={choices.map((offered) => ({
                key: offered.key,
                label: t(`scope.${offered.key}`, { count: offered.count }),
                isEmpty: offered.count === 0,
              }))}
            />
            {estimate && (
              <Text className={styles.note} size={200}>
                {t('audit.estimate', {
                  requests: formats.number(estimate.requests),
                  minutes: formats.number(Math.ceil(estimate.seconds / 60)),
                  megabytes: formats.number(Math.ceil(estimate.bytes / 1_000_000)),
                })}
              </Text>
            )}
            {words !== null && <ErrorWords {...words} />}
          </DialogContent>
          <DialogActions fluid>
            <Button
              disabledFocusable={count === 0 || isBusy}
              icon={save.isPending ? <Spinner size="tiny" aria-label={t('common.busy')} /> : null}
              onClick={() => choice && save.mutate(choice.scope)}
            >
              {t('audit.saveCsv')}
            </Button>
            <Button
              appearance="primary"
              disabledFocusable={count === 0 || isBusy}
              onClick={() => choice && start.mutate(choice.scope)}
            >
              {t('audit.start')}
            </Button>
            <Button onClick={onClose}>{t('common.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogBox>
    </Dialog>
  )
}

import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingCode } from '../../../shared/people.ts'
import { useEngine } from '../../api/engine-context.tsx'
import type { ScopeChoice } from '../../api/scope-choices.ts'
import { likeliestScope } from '../../api/scope-choices.ts'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { CountRadios } from '../../ui/count-radios.tsx'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { ErrorWords } from '../../ui/error-words.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { AcceptForm } from './accept-form.tsx'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  words: { flexGrow: 1 },
  name: { display: 'block', '::first-letter': { textTransform: 'uppercase' } },
  quiet: { color: tokens.colorNeutralForeground3 },
})

interface FindingCount {
  readonly finding: FindingCode
  readonly open: number
  readonly accepted: number
}

function FindingLine(props: {
  count: FindingCount
  isAccepting: boolean
  onWant: (isWanted: boolean) => void
  onAccept: (reason: string, untilMs: number | null) => void
  onTakeBack: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const nameId = useId()
  const { finding, open, accepted } = props.count
  return (
    <li data-finding={finding}>
      <div className={styles.line}>
        <div className={styles.words}>
          <Text id={nameId} className={styles.name}>
            {t(`finding.${finding}`)}
          </Text>
          <Text size={200} className={styles.quiet}>
            {t('findings.counts', { open: formats.number(open), accepted: formats.number(accepted) })}
          </Text>
        </div>
        {open > 0 && !props.isAccepting && (
          <Button size="small" aria-describedby={nameId} onClick={() => props.onWant(true)}>
            {t('findings.accept')}
          </Button>
        )}
        {accepted > 0 && (
          <Button size="small" aria-describedby={nameId} onClick={props.onTakeBack}>
            {t('findings.takeBack')}
          </Button>
        )}
      </div>
      {props.isAccepting && <AcceptForm onAccept={props.onAccept} onCancel={() => props.onWant(false)} />}
    </li>
  )
}

/**
 * What was found at several people, to be accepted of all of them or taken back (F66).
 * @param props.onStep is told what was done, in words, and what the engine knows the step by; null: nothing was changed
 */
export function FindingsDialog(props: {
  choices: readonly ScopeChoice[]
  onClose: () => void
  onStep: (said: string, step: number | null) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const { client } = useEngine()
  const { choices, onClose } = props
  const [key, setKey] = useState(() => likeliestScope(choices))
  const [accepting, setAccepting] = useState<FindingCode | null>(null)
  const choice = choices.find((candidate) => candidate.key === key)
  const counts = useQuery({
    queryKey: ['findings', key, choice?.count],
    queryFn: () => (choice === undefined ? [] : client.audit.countFindings({ scope: choice.scope })),
    gcTime: 0,
    staleTime: 0,
  })
  const change = useMutation({
    mutationFn: ({ work }: Change) => work(),
    onSuccess: ({ people, step }, { said }) => {
      onClose()
      props.onStep(said(people), step)
    },
  })
  const thrown = change.error ?? counts.error
  const scope = choice?.scope
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogBox>
        <DialogBody>
          <DialogTitle>{t('findings.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{t('findings.explanation')}</Text>
            <CountRadios
              label={t('scope.label')}
              value={key}
              onChange={(chosen) => {
                setAccepting(null)
                setKey(chosen)
              }}
              choices={choices.map((offered) => ({
                key: offered.key,
                label: t(`scope.${offered.key}`, { count: offered.count }),
                isEmpty: offered.count === 0,
              }))}
            />
            {counts.data?.length === 0 && <Text className={styles.quiet}>{t('findings.none')}</Text>}
            {scope !== undefined && counts.data !== undefined && counts.data.length > 0 && (
              <ul className={styles.list} aria-label={t('findings.title')}>
                {counts.data.map((count) => (
                  <FindingLine
                    key={count.finding}
                    count={count}
                    isAccepting={accepting === count.finding}
                    onWant={(isWanted) => setAccepting(isWanted ? count.finding : null)}
                    onAccept={(reason, untilMs) =>
                      change.mutate({
                        work: () => client.audit.accept({ scope, finding: count.finding, reason, untilMs }),
                        said: (people) => t('findings.saidAcceptedOf', { count: people }),
                      })
                    }
                    onTakeBack={() =>
                      change.mutate({
                        work: () => client.audit.takeBack({ scope, finding: count.finding }),
                        said: (people) => t('findings.saidTakenBackOf', { count: people }),
                      })
                    }
                  />
                ))}
              </ul>
            )}
            {thrown !== null && <ErrorWords {...errorWords(toAppError(thrown))} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('common.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogBox>
    </Dialog>
  )
}

interface Change {
  readonly work: () => Promise<{ people: number; step: number | null }>
  readonly said: (people: number) => string
}

import { Button, DialogActions, DialogContent, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, FolderOpenRegular, WarningFilled } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isUnderWay, type Job, type JobId } from '../../../shared/jobs.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { useJob } from '../../api/queries.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { ErrorWords } from '../../ui/error-words.tsx'
import { FailureList } from '../../ui/failure-list.tsx'
import { useFormats } from '../../ui/use-formats.ts'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  outcome: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  good: { color: tokens.colorPaletteGreenForeground1, fontSize: '24px', flexShrink: 0 },
  fair: { color: tokens.colorPaletteYellowForeground2, fontSize: '24px', flexShrink: 0 },
  folder: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere', userSelect: 'text' },
})

function Outcome({ job }: { job: Job }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  if (job.error !== null && job.state !== 'cancelled') return <ErrorWords {...errorWords(job.error)} />
  if (job.state === 'cancelled') return <Text>{t('export.cancelled')}</Text>
  if (job.result?.kind !== 'export') return null
  const isGood = job.failed === 0
  return (
    <>
      <div className={styles.outcome}>
        {isGood ? (
          <CheckmarkCircleFilled className={styles.good} aria-hidden="true" />
        ) : (
          <WarningFilled className={styles.fair} aria-hidden="true" />
        )}
        <Text weight="semibold">{t('export.done', { count: job.result.files })}</Text>
      </div>
      <Text size={200} className={styles.folder}>
        {job.result.folder}
      </Text>
    </>
  )
}

/** An export on its way, and what it came to, with everything that failed listed. */
export function ExportProgress(props: { jobId: JobId; onClose: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const formats = useFormats()
  const { client } = useEngine()
  const job = useJob(props.jobId)
  const cancel = useMutation({ mutationFn: () => client.jobs.cancel({ id: props.jobId }) })
  const reveal = useMutation({ mutationFn: () => client.exports.reveal({ jobId: props.jobId }) })
  const isRunning = job === null || isUnderWay(job.state)
  const failures = (job?.failures ?? []).map(({ subject, error }) => ({ subject, reason: errorWords(error).title }))
  return (
    <>
      <DialogContent className={styles.content}>
        {isRunning ? (
          <>
            <Text>
              {t('export.running', {
                done: formats.number(job?.done ?? 0),
                total: job?.total === null || job === null ? '…' : formats.number(job.total),
              })}
            </Text>
            <ProgressBar
              aria-label={t('job.export')}
              {...(job?.total ? { value: job.done, max: job.total } : {})}
              thickness="large"
            />
          </>
        ) : (
          <Outcome job={job} />
        )}
        {job !== null && job.failed > 0 && (
          <FailureList title={t('job.failures', { count: job.failed })} failures={failures} />
        )}
        {reveal.data === false && <Text size={200}>{t('export.cannotReveal')}</Text>}
      </DialogContent>
      <DialogActions>
        {isRunning && (
          <Button disabledFocusable={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('export.cancel')}
          </Button>
        )}
        {job?.result?.kind === 'export' && (
          <Button icon={<FolderOpenRegular />} onClick={() => reveal.mutate()}>
            {t('export.reveal')}
          </Button>
        )}
        <Button appearance="primary" onClick={props.onClose}>
          {isRunning ? t('export.goOnBehind') : t('common.close')}
        </Button>
      </DialogActions>
    </>
  )
}

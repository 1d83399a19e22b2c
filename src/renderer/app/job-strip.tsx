import { Button, makeStyles, ProgressBar, Text, Tooltip, tokens } from '@fluentui/react-components'
import { DismissRegular, PauseRegular, PlayRegular } from '@fluentui/react-icons'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../shared/jobs.ts'
import { useEngine } from '../api/engine-context.tsx'
import { useFormats } from '../ui/use-formats.ts'

const useStyles = makeStyles({
  job: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: 0, flexShrink: 1 },
  words: { whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis', fontVariantNumeric: 'tabular-nums' },
  bar: {
    width: '110px',
    flexShrink: 0,
    '@media (max-width: 1000px)': { width: '60px' },
    '@media (max-width: 600px)': { display: 'none' },
  },
})

/** A job under way: what it does, how far it is, and the ways to pause and to stop it. */
export function JobStrip({ job }: { job: Job }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const { client } = useEngine()
  const kind = t(`job.${job.kind}`)
  const count =
    job.total === null
      ? formats.number(job.done)
      : t('job.of', { done: formats.number(job.done), total: formats.number(job.total) })
  const failed = job.failed > 0 ? ` · ${t('job.failed', { count: job.failed })}` : ''
  const label = t('job.cancel', { job: kind })
  const isPaused = job.pausedBy === 'person'
  const pauseLabel = t(isPaused ? 'job.resume' : 'job.pause', { job: kind })
  return (
    <div className={styles.job} data-job={job.kind}>
      <Text size={200} className={styles.words}>
        {kind} · {count}
        {failed}
        {job.pausedBy === null ? '' : ` · ${t(`job.pausedBy.${job.pausedBy}`)}`}
      </Text>
      <ProgressBar
        className={styles.bar}
        aria-label={kind}
        {...(job.total ? { value: job.done, max: job.total } : {})}
      />
      <Tooltip content={pauseLabel} relationship="label">
        <Button
          size="small"
          appearance="subtle"
          icon={isPaused ? <PlayRegular /> : <PauseRegular />}
          onClick={() => void client.jobs[isPaused ? 'resume' : 'pause']({ id: job.id }).catch(() => undefined)}
        />
      </Tooltip>
      <Tooltip content={label} relationship="label">
        <Button
          size="small"
          appearance="subtle"
          icon={<DismissRegular />}
          onClick={() => void client.jobs.cancel({ id: job.id }).catch(() => undefined)}
        />
      </Tooltip>
    </div>
  )
}

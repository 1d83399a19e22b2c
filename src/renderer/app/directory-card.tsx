import { Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components'
import { BookContactsRegular } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isUnderWay } from '../../shared/jobs.ts'
import { useEngine } from '../api/engine-context.tsx'
import { useDirectoryStatus, useJobs } from '../api/queries.ts'
import { useFormats } from '../ui/use-formats.ts'

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  quiet: { color: tokens.colorNeutralForeground3 },
})

/** How much of the directory the library has, and reading all of it (F13). */
export function DirectoryCard(props: { canRead: boolean; onError: (thrown: unknown) => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const { client } = useEngine()
  const status = useDirectoryStatus()
  const job = useJobs().find(({ kind, state }) => kind === 'read-directory' && isUnderWay(state))
  const start = useMutation({ mutationFn: () => client.people.startReadDirectory(), onError: props.onError })
  const cancel = useMutation({ mutationFn: (id: NonNullable<typeof job>['id']) => client.jobs.cancel({ id }) })
  if (status === null) return null
  if (job !== undefined) {
    return (
      <section className={styles.card} aria-label={t('directory.title')}>
        <Text size={200}>{t('directory.reading', { people: formats.number(status.people) })}</Text>
        <ProgressBar aria-label={t('job.read-directory')} {...(job.total ? { value: job.done, max: job.total } : {})} />
        <Button size="small" disabledFocusable={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
          {t('directory.cancel')}
        </Button>
      </section>
    )
  }
  return (
    <section className={styles.card} aria-label={t('directory.title')}>
      <Text size={200} className={styles.quiet}>
        {t(`directory.${status.state}`, {
          people: formats.number(status.people),
          when: status.readMs === null ? '' : formats.ago(status.readMs, Date.now()),
        })}
      </Text>
      <Button
        size="small"
        icon={<BookContactsRegular />}
        disabledFocusable={!props.canRead || start.isPending}
        onClick={() => start.mutate()}
      >
        {status.state === 'complete' ? t('directory.readAgain') : t('directory.read')}
      </Button>
    </section>
  )
}

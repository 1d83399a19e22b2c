import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../shared/jobs.ts'
import { useErrorWords } from '../i18n/use-error-words.ts'
import { DialogBox } from '../ui/dialog-box.tsx'
import { FailureList } from '../ui/failure-list.tsx'

/** Everything that failed in a job that went on. */
export function FailuresDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const failures = job.failures.map(({ subject, error }) => ({ subject, reason: errorWords(error).title }))
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogBox>
        <DialogBody>
          <DialogTitle>{t(`job.${job.kind}`)}</DialogTitle>
          <DialogContent>
            <FailureList title={t('job.failures', { count: job.failed })} failures={failures} />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {t('common.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogBox>
    </Dialog>
  )
}

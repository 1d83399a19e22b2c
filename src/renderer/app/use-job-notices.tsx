import {
  Button,
  Link,
  Toast,
  ToastBody,
  ToastFooter,
  ToastTitle,
  ToastTrigger,
  useToastController,
} from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isUnderWay, type Job } from '../../shared/jobs.ts'
import { useEngine } from '../api/engine-context.tsx'
import { toAppError } from '../api/to-app-error.ts'
import { useErrorWords } from '../i18n/use-error-words.ts'
import { useAnnounce } from '../ui/announcer.tsx'
import type { Formats } from '../ui/format.ts'
import { useFormats } from '../ui/use-formats.ts'

/** How long a notice stays, ms. One with something to do in it stays until it is closed. */
const NOTICE_MS = 7_000
/** How long the way back is offered, ms. */
const UNDO_MS = 20_000

type Translate = ReturnType<typeof useTranslation>['t']

function resultWords(job: Job, t: Translate, formats: Formats): string {
  const { result } = job
  if (result === null) return ''
  switch (result.kind) {
    case 'read-directory':
      return t(result.isComplete ? 'jobResult.directory' : 'jobResult.directoryPartly', {
        people: formats.number(result.people),
        requests: formats.number(result.requests),
      })
    case 'sync':
    case 'audit': {
      const { report } = result
      return t('jobResult.sync', {
        asked: formats.number(report.asked),
        fresh: formats.number(report.new),
        changed: formats.number(report.changed),
        same: formats.number(report.same),
        none: formats.number(report.none + report.notAvailable),
        failed: formats.number(report.failed),
        received: formats.bytes(report.bytesReceived),
        saved: formats.bytes(report.bytesSaved),
      })
    }
    case 'export':
      return t('jobResult.export', { count: result.files, folder: result.folder })
  }
}

/** Tells, without being in the way, when a job has ended and when something failed. */
export function useNotices(options: { isQuiet: (job: Job) => boolean; onShowFailures: (job: Job) => void }) {
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const formats = useFormats()
  const announce = useAnnounce()
  const { events } = useEngine()
  const { dispatchToast } = useToastController()
  const running = useRef(new Set<string>())

  const notify = (title: string, body: string, intent: 'success' | 'warning' | 'error' | 'info', failures?: Job) => {
    announce(`${title} ${body}`)
    dispatchToast(
      <Toast>
        <ToastTitle>{title}</ToastTitle>
        {body !== '' && <ToastBody>{body}</ToastBody>}
        {failures !== undefined && (
          <ToastFooter>
            <Button size="small" onClick={() => options.onShowFailures(failures)}>
              {t('job.showFailures', { count: failures.failed })}
            </Button>
          </ToastFooter>
        )}
      </Toast>,
      { intent, timeout: failures === undefined && intent !== 'error' ? NOTICE_MS : -1, pauseOnHover: true },
    )
  }
  const onJob = (job: Job) => {
    if (isUnderWay(job.state)) {
      if (!running.current.has(job.id)) announce(t('job.started', { job: t(`job.${job.kind}`) }))
      running.current.add(job.id)
      return
    }
    if (!running.current.delete(job.id) || options.isQuiet(job)) return
    const kind = t(`job.${job.kind}`)
    const failures = job.failed > 0 ? job : undefined
    if (job.state === 'failed' && job.error !== null) {
      const { title, nextStep } = errorWords(job.error)
      notify(t('job.endedFailed', { job: kind }), `${title} ${nextStep}`, 'error', failures)
    } else if (job.state === 'cancelled')
      notify(t('job.endedCancelled', { job: kind }), t('job.cancelledText'), 'info', failures)
    else
      notify(
        t('job.endedDone', { job: kind }),
        resultWords(job, t, formats),
        failures ? 'warning' : 'success',
        failures,
      )
  }
  const latest = useRef(onJob)
  useEffect(() => {
    latest.current = onJob
  })
  useEffect(() => events.on('job-changed', ({ job }) => latest.current(job)), [events])

  return {
    /** Says what was done, with the way to have it back. */
    offerUndo(title: string, undo: () => void) {
      announce(title)
      dispatchToast(
        <Toast>
          <ToastTitle
            action={
              <ToastTrigger>
                <Link onClick={undo}>{t('common.undo')}</Link>
              </ToastTrigger>
            }
          >
            {title}
          </ToastTitle>
        </Toast>,
        { intent: 'success', timeout: UNDO_MS, pauseOnHover: true },
      )
    },
    say: (title: string, body = '') => notify(title, body, 'success'),
    fail(thrown: unknown) {
      const { title, nextStep } = errorWords(toAppError(thrown))
      notify(title, nextStep, 'error')
    },
  }
}

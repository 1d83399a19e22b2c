import { Button } from '@fluentui/react-components'
import { ArrowClockwiseRegular, CopyRegular, WarningRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { FallbackProps } from 'react-error-boundary'
import { useTranslation } from 'react-i18next'
import { useAppInfo } from '../api/queries.ts'
import { Reason } from './reason.tsx'

/** In place of the window when it cannot be drawn: a fault of Rollcall's own. What is under way in the engine goes on. */
export function Fault({ error }: FallbackProps) {
  const { t } = useTranslation()
  const version = useAppInfo()?.version ?? ''
  const [label, setLabel] = useState<'copyDetails' | 'copied' | 'notCopied'>('copyDetails')
  const details = [`Rollcall ${version}`, navigator.userAgent, error instanceof Error ? error.stack : String(error)]
  const copy = () => {
    navigator.clipboard.writeText(details.join('\n')).then(
      () => setLabel('copied'),
      () => setLabel('notCopied'),
    )
  }
  return (
    <Reason
      icon={<WarningRegular />}
      title={t('fault.title')}
      text={t('fault.text')}
      actions={
        <>
          <Button appearance="primary" autoFocus icon={<ArrowClockwiseRegular />} onClick={() => location.reload()}>
            {t('fault.loadAgain')}
          </Button>
          <Button icon={<CopyRegular />} onClick={copy}>
            <span aria-live="polite">{t(`fault.${label}`)}</span>
          </Button>
        </>
      }
    />
  )
}

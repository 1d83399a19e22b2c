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
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../api/engine-context.tsx'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { ErrorWords } from '../../ui/error-words.tsx'
import { StepList } from './step-list.tsx'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
})

/** The connection doctor for the account in use: looks for its server anew, signs in once, and tells every step (F2). */
export function DoctorDialog({ onClose }: { onClose: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const { client } = useEngine()
  const { data, error, isPending } = useQuery({
    // A key of its own: each run is a sign-in, so nothing that refreshes the connection's state may start one.
    queryKey: ['connection-doctor'],
    queryFn: ({ signal }) => client.connections.test(undefined, { signal }),
    ...{ gcTime: 0, staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false },
  })
  const failure = error === null ? (data?.error ?? null) : toAppError(error)
  const words = failure === null ? null : errorWords(failure)
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogBox>
        <DialogBody>
          <DialogTitle>{t('doctor.title')}</DialogTitle>
          {/* It scrolls where there are many steps, and nothing in it takes the keyboard. */}
          <DialogContent className={styles.content} tabIndex={0} role="group" aria-label={t('doctor.title')}>
            <Text>{t('doctor.explanation')}</Text>
            {isPending && <Spinner size="small" label={t('doctor.busy')} />}
            {words !== null && <ErrorWords {...words} />}
            {data !== undefined && data.error === null && <Text weight="semibold">{t('doctor.well')}</Text>}
            {data !== undefined && <StepList steps={data.steps} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('common.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogBox>
    </Dialog>
  )
}

import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../api/engine-context.tsx'
import { useFormats } from '../../ui/use-formats.ts'

/** Offers to go on with the sync or check that was broken off last. What the schedule began goes on by itself. */
export function InterruptedBar({ canAsk, onError }: { canAsk: boolean; onError: (thrown: unknown) => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { client, queries, queryClient } = useEngine()
  const { data } = useQuery(queries.photos.listInterrupted.queryOptions())
  const settled = {
    onError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: queries.photos.listInterrupted.key() }),
  }
  const resume = useMutation({ mutationFn: (id: string) => client.photos.resumeSync({ id }), ...settled })
  const drop = useMutation({ mutationFn: (id: string) => client.photos.dropInterrupted({ id }), ...settled })
  const last = data?.find(({ kind }) => kind !== 'refresh')
  if (last === undefined) return null
  const isBusy = resume.isPending || drop.isPending
  return (
    <MessageBar intent="info" data-banner="interrupted">
      <MessageBarBody>
        <MessageBarTitle>{t('interrupted.title')}</MessageBarTitle>{' '}
        {t('interrupted.text', {
          time: formats.dateTime(last.startedMs),
          done: formats.number(last.done),
          photos: formats.number(last.photos),
        })}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" disabledFocusable={isBusy || !canAsk} onClick={() => resume.mutate(last.id)}>
          {t('interrupted.resume')}
        </Button>
        <Button size="small" disabledFocusable={isBusy} onClick={() => drop.mutate(last.id)}>
          {t('interrupted.drop')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  )
}

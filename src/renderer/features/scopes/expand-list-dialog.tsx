import {
  Button,
  Combobox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  makeStyles,
  Option,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListExpansion } from '../../../shared/contract/people.ts'
import { NO_FILTER } from '../../../shared/people.ts'
import type { ScopeDefinition } from '../../../shared/scopes.ts'
import { parseSmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { ErrorWords } from '../../ui/error-words.tsx'
import { FailureList } from '../../ui/failure-list.tsx'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minHeight: '140px' },
})

/** Lists that are offered while a name is typed. */
const MAX_OFFERED = 50

function useKnownLists(text: string) {
  const { queries } = useEngine()
  const query = { text, filter: { ...NO_FILTER, kinds: ['list' as const] }, sort: 'name' as const }
  const options = queries.people.search.queryOptions({
    input: { query, offset: 0, limit: MAX_OFFERED },
    placeholderData: keepPreviousData,
  })
  return useQuery(options).data?.rows ?? []
}

/** Makes a scope of the members of a distribution list, nested lists included (F16). */
export function ExpandListDialog(props: {
  onSave: (name: string, definition: ScopeDefinition) => Promise<unknown>
  onClose: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { client } = useEngine()
  const wordsOf = useErrorWords()
  const [text, setText] = useState('')
  const [list, setList] = useState<{ address: string; name: string } | null>(null)
  const lists = useKnownLists(list === null ? text : '')
  const address = parseSmtpAddress(list?.address ?? text.trim())
  const expand = useMutation({
    mutationFn: async () => (address === null ? null : await client.people.expandList({ address })),
  })
  const expansion = expand.data ?? null
  const save = useMutation({
    mutationFn: ({ addresses }: ListExpansion) =>
      props.onSave(list?.name ?? text.trim(), { kind: 'addresses', source: 'distribution-list', addresses }),
    onSuccess: props.onClose,
  })
  const change = (next: { text: string; list: typeof list }) => {
    setText(next.text)
    setList(next.list)
    expand.reset()
  }
  const isBusy = expand.isPending || save.isPending
  const error = expand.error ?? save.error
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && props.onClose()}>
      <DialogBox>
        <DialogBody>
          <DialogTitle>{t('scopes.expandTitle')}</DialogTitle>
          <DialogContent className={styles.content}>
            <Field label={t('scopes.expandWhich')} hint={t('scopes.expandHint')}>
              <Combobox
                freeform
                value={text}
                onChange={({ target }) => change({ text: target.value, list: null })}
                onOptionSelect={(_, { optionValue, optionText }) =>
                  optionValue !== undefined &&
                  change({
                    text: optionText ?? optionValue,
                    list: { address: optionValue, name: optionText ?? optionValue },
                  })
                }
              >
                {lists.map((row) => (
                  <Option key={row.address} value={row.address} text={row.displayName}>
                    {row.displayName}
                  </Option>
                ))}
              </Combobox>
            </Field>
            {error !== null && <ErrorWords {...wordsOf(toAppError(error))} />}
            {expansion !== null && <ExpansionReport expansion={expansion} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={props.onClose}>{t('common.cancel')}</Button>
            <Button
              appearance="primary"
              icon={isBusy ? <Spinner size="tiny" aria-label={t('common.busy')} /> : null}
              disabledFocusable={isBusy || address === null || expansion?.addresses.length === 0}
              onClick={() => (expansion === null ? expand.mutate() : save.mutate(expansion))}
            >
              {expansion === null ? t('scopes.expand') : t('scopes.show', { count: expansion.addresses.length })}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogBox>
    </Dialog>
  )
}

function ExpansionReport({ expansion }: { expansion: ListExpansion }) {
  const { t } = useTranslation()
  const { addresses, lists, unread, isComplete } = expansion
  return (
    <div role="status">
      <Text block>{t('scopes.members', { count: addresses.length, lists })}</Text>
      {!isComplete && <Text block>{t('scopes.membersIncomplete')}</Text>}
      {unread.length > 0 && (
        <FailureList
          title={t('scopes.unread', { count: unread.length })}
          failures={unread.map((subject) => ({ subject, reason: '' }))}
        />
      )}
    </div>
  )
}

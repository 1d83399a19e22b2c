import { useCallback, useEffect, useMemo, useState } from 'react'
import { NO_FILTER } from '../../shared/people.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { useEngine } from '../api/engine-context.tsx'
import type { PeopleRowsFacts } from '../api/people-rows.ts'
import type { ScopeChoice } from '../api/scope-choices.ts'
import type { Selection } from '../features/grid/selection.ts'
import { countSelected, EMPTY_SELECTION, selectAddresses, toScope } from '../features/grid/selection.ts'

/** Who is selected, and whom the selection is kept for when what is shown changes. */
export interface SelectionState {
  readonly selection: Selection
  readonly count: number
  readonly set: (selection: Selection) => void
  /** Everybody who is selected, one by one. */
  readonly listAddresses: () => Promise<readonly SmtpAddress[]>
  /** Selected, shown, everybody: what dialogs offer. */
  readonly scopeChoices: () => readonly ScopeChoice[]
}

/**
 * The selection. "All of what is shown" is kept as such while that is shown; when something else is shown it becomes a list,
 * so that nobody is selected or dropped by a filter.
 */
export function useSelection(rows: PeopleRowsFacts, accountAddress: string | null): SelectionState {
  const { client } = useEngine()
  const [selection, set] = useState<Selection>(EMPTY_SELECTION)
  const { query, total, known } = rows
  const count = countSelected(selection, total)

  useEffect(() => set(EMPTY_SELECTION), [accountAddress])

  const listAddresses = useCallback(async () => {
    if (selection.kind === 'addresses') return [...selection.addresses]
    const everybody = await client.people.listAddresses({ query: selection.query })
    return everybody.filter((address) => !selection.except.has(address))
  }, [client, selection])

  useEffect(() => {
    if (selection.kind !== 'query' || query === null || selection.query === query) return
    let isCurrent = true
    listAddresses().then(
      (addresses) => isCurrent && set(selectAddresses(addresses)),
      () => isCurrent && set(EMPTY_SELECTION),
    )
    return () => {
      isCurrent = false
    }
  }, [selection, query, listAddresses])

  const scopeChoices = useCallback(
    (): ScopeChoice[] => [
      { key: 'selected', count, scope: toScope(selection) },
      {
        key: 'shown',
        count: total,
        scope: { of: { kind: 'query', query: query ?? { text: '', filter: NO_FILTER, sort: 'name' } }, except: [] },
      },
      { key: 'all', count: known, scope: { of: { kind: 'all' }, except: [] } },
    ],
    [selection, count, total, known, query],
  )
  return useMemo(
    () => ({ selection, count, set, listAddresses, scopeChoices }),
    [selection, count, listAddresses, scopeChoices],
  )
}

import { useCallback, useMemo, useState } from 'react'
import type { PeopleFilter, PeopleGrouping, PeopleQuery, PeopleSort } from '../../shared/people.ts'
import { NO_FILTER } from '../../shared/people.ts'
import { useSettings, useUpdateSettings } from '../api/queries.ts'

/** What is looked for, in what order, and how it is shown. */
export interface ViewState {
  readonly query: PeopleQuery
  /** The chosen order; null: by relevance, which is people first while nothing is searched for. */
  readonly sort: PeopleSort | null
  readonly isDescending: boolean
  readonly group: PeopleGrouping | null
  readonly view: 'faces' | 'table'
  readonly isRound: boolean
  setText(text: string): void
  setFilter(filter: PeopleFilter): void
  setOrder(sort: PeopleSort | null, isDescending: boolean): void
  setGroup(group: PeopleGrouping | null): void
  setView(view: 'faces' | 'table'): void
  /** Only the people of a saved list; null: everybody. */
  setScopeId(id: string | null): void
  setRound(isRound: boolean): void
  resetFilters(): void
}

/** The state of the search, the chips, the order and the view. How things are shown is kept in the settings. */
export function useViewState(): ViewState {
  const [text, setText] = useState('')
  const [filter, setFilter] = useState<PeopleFilter>(NO_FILTER)
  const [order, setChosen] = useState<{ sort: PeopleSort | null; isDescending: boolean }>({
    sort: null,
    isDescending: false,
  })
  const [scopeId, setScopeId] = useState<string | null>(null)
  const { appearance } = useSettings()
  const update = useUpdateSettings()
  const group = appearance.group === 'none' ? null : appearance.group
  const effective = order.sort ?? 'relevance'
  const { isDescending } = order
  const query = useMemo(
    (): PeopleQuery => ({
      text,
      filter,
      sort: effective,
      ...(isDescending && { isDescending }),
      ...(group && { group }),
      ...(scopeId && { scopeId }),
    }),
    [text, filter, effective, isDescending, group, scopeId],
  )
  const resetFilters = useCallback(() => setFilter(NO_FILTER), [])
  return {
    query,
    ...order,
    group,
    view: appearance.view,
    isRound: appearance.tileShape === 'round',
    setText,
    setFilter,
    setScopeId,
    setOrder: (sort, turned) => setChosen({ sort, isDescending: turned }),
    setGroup: (next) => update({ appearance: { group: next ?? 'none' } }),
    setView: (next) => update({ appearance: { view: next } }),
    setRound: (next) => update({ appearance: { tileShape: next ? 'round' : 'square' } }),
    resetFilters,
  }
}

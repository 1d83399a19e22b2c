import { useCallback, useMemo, useState } from 'react'
import type { PeopleFilter, PeopleQuery, PeopleSort } from '../../shared/people.ts'
import { NO_FILTER } from '../../shared/people.ts'

/** What is looked for, and in what order. */
export interface ViewState {
  readonly query: PeopleQuery
  /** The chosen order; null: by relevance while searching, else by name. */
  readonly sort: PeopleSort | null
  setText(text: string): void
  setFilter(filter: PeopleFilter): void
  setSort(sort: PeopleSort | null): void
  resetFilters(): void
}

/** The state of the search, the chips and the order. */
export function useViewState(): ViewState {
  const [text, setText] = useState('')
  const [filter, setFilter] = useState<PeopleFilter>(NO_FILTER)
  const [sort, setSort] = useState<PeopleSort | null>(null)
  const effective = sort ?? (text.trim() === '' ? 'name' : 'relevance')
  const query = useMemo(() => ({ text, filter, sort: effective }), [text, filter, effective])
  const resetFilters = useCallback(() => setFilter(NO_FILTER), [])
  return { query, sort, setText, setFilter, setSort, resetFilters }
}

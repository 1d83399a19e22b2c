import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedScope, ScopeDefinition } from '../../shared/scopes.ts'
import { countFilters } from '../features/audit/filter-panel.tsx'
import type { ScopeMenuProps } from '../features/scopes/scope-menu.tsx'
import { useScopes } from '../features/scopes/use-scopes.ts'
import type { SelectionState } from './use-selection.ts'
import type { ViewState } from './use-view-state.ts'
import type { WindowCommands } from './use-window-commands.ts'

/** The scopes of the window: the menu's part, and what its dialogs call. */
export interface WindowScopes {
  readonly menu: ScopeMenuProps
  /** Keeps a scope and shows its people. Rejects when the engine refuses. */
  save(name: string, definition: ScopeDefinition): Promise<SavedScope>
  rename(scope: SavedScope, name: string): void
  /** Back to everybody. */
  leave(): void
}

function isSearched(scope: SavedScope, { query }: ViewState): boolean {
  const { search } = scope
  return (
    search !== null &&
    search.text === query.text &&
    JSON.stringify(search.filter) === JSON.stringify(query.filter) &&
    query.scopeId === undefined
  )
}

/** Whom the window is about (F14–F16, F19). Another account has other scopes: it begins with everybody. */
export function useWindowScopes(parts: {
  accountAddress: string | null
  view: ViewState
  chosen: SelectionState
  commands: WindowCommands
}): WindowScopes {
  const { t } = useTranslation()
  const { accountAddress, view, chosen, commands } = parts
  const { query, setScopeId } = view
  const scopes = useScopes(accountAddress)
  const [searchId, setSearchId] = useState<string | null>(null)
  useEffect(() => {
    if (accountAddress !== null) setScopeId(null)
    setSearchId(null)
  }, [accountAddress, setScopeId])

  const current =
    scopes.list.find(({ id }) => id === query.scopeId) ??
    scopes.list.find((scope) => scope.id === searchId && isSearched(scope, view)) ??
    null
  const choose = (scope: SavedScope | null) => {
    setSearchId(scope?.search ? scope.id : null)
    setScopeId(scope === null || scope.search !== null ? null : scope.id)
    if (scope?.search) {
      view.setText(scope.search.text)
      view.setFilter(scope.search.filter)
    } else if (current?.search) {
      view.setText('')
      view.resetFilters()
    }
  }
  const save = async (name: string, definition: ScopeDefinition) => {
    const saved = await scopes.save(name, definition)
    choose(saved)
    return saved
  }
  const remove = async (scope: SavedScope) => {
    const removed = await scopes.remove(scope.id)
    choose(null)
    commands.offerUndo(t('scopes.removed', { name: removed.name }), () =>
      commands.run(save(removed.name, removed.definition)),
    )
  }
  const keepSelection = async () => {
    const addresses = [...(await chosen.listAddresses())]
    commands.openDialog({
      kind: 'keep-scope',
      firstName: t('scopes.listName', { count: addresses.length }),
      definition: { kind: 'addresses', source: 'selection', addresses },
    })
  }
  const { text, filter } = query
  return {
    save,
    rename(scope, name) {
      commands.run(scopes.rename(scope.id, name))
      commands.undo.remember(t('undo.renamed', { name }), () => commands.run(scopes.rename(scope.id, scope.name)))
    },
    leave: () => choose(null),
    menu: {
      scopes: scopes.list,
      chosen: current,
      isDisabled: accountAddress === null,
      canKeepSelection: chosen.count > 0,
      canKeepSearch: text.trim() !== '' || countFilters(filter) > 0,
      onChoose: choose,
      onBringList: () => commands.openDialog({ kind: 'bring-list' }),
      onExpandList: () => commands.openDialog({ kind: 'expand-list' }),
      onKeepSelection: () => commands.run(keepSelection()),
      onKeepSearch: () =>
        commands.openDialog({
          kind: 'keep-scope',
          firstName: text.trim(),
          definition: { kind: 'search', text: text.trim(), filter },
        }),
      onRename: (scope) => commands.openDialog({ kind: 'rename-scope', scope }),
      onRemove: (scope) => commands.run(remove(scope)),
    },
  }
}

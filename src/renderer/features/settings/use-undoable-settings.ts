import { useState } from 'react'
import { DEFAULT_SETTINGS, type Settings, type SettingsPatch } from '../../../shared/settings.ts'
import { useSettings, useUpdateSettings } from '../../api/queries.ts'

/** Settings that apply at once and can be taken back, one change after the other, while the dialog is open. */
export interface UndoableSettings {
  readonly settings: Settings
  update(patch: SettingsPatch): void
  reset(): void
  readonly canUndo: boolean
  undo(): void
}

/** Remembers what the settings were before each change. Changes of one field in a row count as one. */
export function useUndoableSettings(): UndoableSettings {
  const settings = useSettings()
  const apply = useUpdateSettings()
  const [changes, setChanges] = useState<readonly { fields: string; before: Settings }[]>([])
  const change = (fields: string, patch: SettingsPatch) => {
    const isSameField = changes.at(-1)?.fields === fields
    if (!isSameField) setChanges([...changes, { fields, before: settings }])
    apply(patch)
  }
  return {
    settings,
    update: (patch) => change(fieldsOf(patch), patch),
    reset: () => change('all', DEFAULT_SETTINGS),
    canUndo: changes.length > 0,
    undo() {
      const last = changes.at(-1)
      if (last === undefined) return
      setChanges(changes.slice(0, -1))
      apply(last.before)
    },
  }
}

function fieldsOf(patch: SettingsPatch): string {
  return Object.entries(patch)
    .flatMap(([group, fields]) => Object.keys(fields ?? {}).map((field) => `${group}.${field}`))
    .join()
}

import { Switch, Text } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useEngine } from '../../api/engine-context.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { NumberField } from './fields.tsx'
import type { UndoableSettings } from './use-undoable-settings.ts'

const GIGABYTE = 1_000_000_000
/** The interval when the scheduled refresh is switched on. */
const FIRST_REFRESH_HOURS = 24

/** How large the library is now; nothing while no account is open. */
function LibrarySize() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { queries } = useEngine()
  const { data } = useQuery(queries.library.read.queryOptions({ gcTime: 0 }))
  if (data === undefined) return null
  return (
    <Text>
      {t('settings.librarySize', {
        people: formats.number(data.people),
        pictures: formats.number(data.pictures),
        size: formats.bytes(data.fileBytes),
      })}
    </Text>
  )
}

/** When photos are asked for again, and how large the library may grow. */
export function LibrarySettings({ settings, update }: Pick<UndoableSettings, 'settings' | 'update'>) {
  const { t } = useTranslation()
  const { freshHours, absentHours, refreshHours, concurrency, maxLibraryBytes } = settings.library
  return (
    <>
      <LibrarySize />
      <NumberField
        label={t('settings.freshHours')}
        hint={t('settings.freshHoursHint')}
        {...{ value: freshHours, min: 0, max: 8760 }}
        onChange={(value) => update({ library: { freshHours: value } })}
      />
      <NumberField
        label={t('settings.absentHours')}
        hint={t('settings.absentHoursHint')}
        {...{ value: absentHours, min: 0, max: 8760 }}
        onChange={(value) => update({ library: { absentHours: value } })}
      />
      <Switch
        label={t('settings.refresh')}
        checked={refreshHours !== null}
        onChange={(_, { checked }) => update({ library: { refreshHours: checked ? FIRST_REFRESH_HOURS : null } })}
      />
      {refreshHours !== null && (
        <NumberField
          label={t('settings.refreshHours')}
          hint={t('settings.refreshHint')}
          {...{ value: refreshHours, min: 1, max: 8760 }}
          onChange={(value) => update({ library: { refreshHours: value } })}
        />
      )}
      <NumberField
        label={t('settings.concurrency')}
        hint={t('settings.concurrencyHint')}
        {...{ value: concurrency, min: 1, max: 16 }}
        onChange={(value) => update({ library: { concurrency: value } })}
      />
      <NumberField
        label={t('settings.maxLibrary')}
        hint={t('settings.maxLibraryHint')}
        {...{ value: Math.max(1, Math.round(maxLibraryBytes / GIGABYTE)), min: 1, max: 10_000 }}
        onChange={(value) => update({ library: { maxLibraryBytes: value * GIGABYTE } })}
      />
    </>
  )
}

import { Field, Switch, Text } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { LibraryStatus } from '../../../shared/library.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { NumberField } from './fields.tsx'
import type { UndoableSettings } from './use-undoable-settings.ts'

/** How long leavers are kept when the setting is switched on. */
const FIRST_LEAVER_DAYS = 90

function useEncryption(): LibraryStatus['encryption'] | null {
  const { queries } = useEngine()
  return useQuery(queries.library.read.queryOptions({ gcTime: 0 })).data?.encryption ?? null
}

/** What is kept of people, for how long, and how it is protected (F46, F92, F93). */
export function PrivacySettings({ settings, update }: Pick<UndoableSettings, 'settings' | 'update'>) {
  const { t } = useTranslation()
  const { historyDays, leaverDays, isEncrypted } = settings.library
  const encryption = useEncryption()
  const canEncrypt = encryption?.isAvailable !== false || isEncrypted
  return (
    <>
      <Text>{t('settings.privacyText')}</Text>
      <NumberField
        label={t('settings.historyDays')}
        hint={t('settings.historyDaysHint')}
        {...{ value: historyDays, min: 0, max: 90 }}
        onChange={(value) => update({ library: { historyDays: value } })}
      />
      <Switch
        label={t('settings.dropLeavers')}
        checked={leaverDays !== null}
        onChange={(_, { checked }) => update({ library: { leaverDays: checked ? FIRST_LEAVER_DAYS : null } })}
      />
      {leaverDays !== null && (
        <NumberField
          label={t('settings.leaverDays')}
          {...{ value: leaverDays, min: 1, max: 3650 }}
          onChange={(value) => update({ library: { leaverDays: value } })}
        />
      )}
      <Field hint={canEncrypt ? t('settings.encryptHint') : t('settings.encryptNoStore')}>
        <Switch
          label={t('settings.encrypt')}
          checked={isEncrypted}
          disabled={!canEncrypt}
          onChange={(_, { checked }) => update({ library: { isEncrypted: checked } })}
        />
      </Field>
    </>
  )
}

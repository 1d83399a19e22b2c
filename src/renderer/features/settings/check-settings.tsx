import { useTranslation } from 'react-i18next'
import { NumberField } from './fields.tsx'
import type { UndoableSettings } from './use-undoable-settings.ts'

const KILOBYTE = 1_000

/** The limits by which photos are judged (F54, F55, F57, F58). */
export function CheckSettings({ settings, update }: Pick<UndoableSettings, 'settings' | 'update'>) {
  const { t } = useTranslation()
  const { poorBelowPx, improvableBelowPx, notSquareOverPercent, tooLargeOverBytes, thumbnailUpToPx } = settings.audit
  return (
    <>
      <NumberField
        label={t('settings.poorBelow')}
        {...{ value: poorBelowPx, min: 1, max: 648 }}
        onChange={(value) => update({ audit: { poorBelowPx: value } })}
      />
      <NumberField
        label={t('settings.improvableBelow')}
        {...{ value: improvableBelowPx, min: 1, max: 10_000 }}
        onChange={(value) => update({ audit: { improvableBelowPx: value } })}
      />
      <NumberField
        label={t('settings.thumbnailUpTo')}
        hint={t('settings.thumbnailUpToHint')}
        {...{ value: thumbnailUpToPx, min: 1, max: 648 }}
        onChange={(value) => update({ audit: { thumbnailUpToPx: value } })}
      />
      <NumberField
        label={t('settings.notSquareOver')}
        {...{ value: notSquareOverPercent, min: 0, max: 100 }}
        onChange={(value) => update({ audit: { notSquareOverPercent: value } })}
      />
      <NumberField
        label={t('settings.tooLargeOver')}
        {...{ value: Math.round(tooLargeOverBytes / KILOBYTE), min: 1, max: 20_000 }}
        onChange={(value) => update({ audit: { tooLargeOverBytes: value * KILOBYTE } })}
      />
    </>
  )
}

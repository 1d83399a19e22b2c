import { Field, makeStyles, Select } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../shared/languages.ts'
import { ChoiceField } from './fields.tsx'
import type { UndoableSettings } from './use-undoable-settings.ts'

const useStyles = makeStyles({ language: { maxWidth: '240px' } })

const THEMES = ['system', 'light', 'dark'] as const
const SHAPES = ['square', 'round'] as const

/** Language, colours and shapes. */
export function AppearanceSettings({ settings, update }: Pick<UndoableSettings, 'settings' | 'update'>) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { theme, tileShape, language } = settings.appearance
  return (
    <>
      <Field label={t('settings.language')} className={styles.language}>
        <Select
          value={language}
          onChange={(_, { value }) => {
            const chosen = LANGUAGES.find((candidate) => candidate === value)
            update({ appearance: { language: chosen ?? 'system' } })
          }}
        >
          <option value="system">{t('settings.languageOfSystem')}</option>
          {LANGUAGES.map((candidate) => (
            // Each by its own name, so that it is found by those who read no other.
            <option key={candidate} value={candidate} lang={candidate}>
              {new Intl.DisplayNames(candidate, { type: 'language' }).of(candidate)}
            </option>
          ))}
        </Select>
      </Field>
      <ChoiceField
        label={t('settings.theme')}
        value={theme}
        values={THEMES}
        wordsOf={(value) => t(`settings.themes.${value}`)}
        onChange={(value) => update({ appearance: { theme: value } })}
      />
      <ChoiceField
        label={t('settings.shape')}
        value={tileShape}
        values={SHAPES}
        wordsOf={(value) => t(`settings.shapes.${value}`)}
        onChange={(value) => update({ appearance: { tileShape: value } })}
      />
    </>
  )
}

import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  SpinButton,
  Text,
  tokens,
} from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../shared/languages.ts'
import type { Settings } from '../../../shared/settings.ts'
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts'
import { useSettings, useUpdateSettings } from '../../api/queries.ts'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL },
  group: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  number: { maxWidth: '160px' },
})

const THEMES = ['system', 'light', 'dark'] as const
const SHAPES = ['square', 'round'] as const

/** The numbers of the library that can be set, with their limits as the settings' schema has them. */
const LIBRARY_NUMBERS = [
  { key: 'freshHours', min: 0, max: 8760 },
  { key: 'absentHours', min: 0, max: 8760 },
  { key: 'concurrency', min: 1, max: 16 },
] as const

function Choice<Value extends string>(props: {
  label: string
  value: Value
  values: readonly Value[]
  wordsOf: (value: Value) => string
  onChange: (value: Value) => void
}) {
  return (
    <Field label={props.label}>
      <RadioGroup
        layout="horizontal"
        value={props.value}
        onChange={(_, { value }) => {
          const chosen = props.values.find((candidate) => candidate === value)
          if (chosen !== undefined) props.onChange(chosen)
        }}
      >
        {props.values.map((value) => (
          <Radio key={value} value={value} label={props.wordsOf(value)} />
        ))}
      </RadioGroup>
    </Field>
  )
}

function LibraryFields({ library }: { library: Settings['library'] }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const update = useUpdateSettings()
  return LIBRARY_NUMBERS.map(({ key, min, max }) => (
    <Field key={key} label={t(`settings.${key}`)} hint={t(`settings.${key}Hint`)}>
      <SpinButton
        className={styles.number}
        value={library[key]}
        min={min}
        max={max}
        onChange={(_, { value, displayValue }) => {
          const next = value ?? Number.parseInt(displayValue ?? '', 10)
          if (Number.isFinite(next)) update({ library: { [key]: Math.min(max, Math.max(min, Math.round(next))) } })
        }}
      />
    </Field>
  ))
}

/** Each language by its own name, so that it is found by those who read no other. */
function LanguageField() {
  const styles = useStyles()
  const { t } = useTranslation()
  const { language } = useSettings().appearance
  const update = useUpdateSettings()
  return (
    <Field label={t('settings.language')} className={styles.number}>
      <Select
        value={language}
        onChange={(_, { value }) => {
          const chosen = LANGUAGES.find((candidate) => candidate === value)
          update({ appearance: { language: chosen ?? 'system' } })
        }}
      >
        <option value="system">{t('settings.languageOfSystem')}</option>
        {LANGUAGES.map((candidate) => (
          <option key={candidate} value={candidate} lang={candidate}>
            {new Intl.DisplayNames(candidate, { type: 'language' }).of(candidate)}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** Appearance and library. Everything applies at once. */
export function SettingsDialog(props: { onClose: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const settings = useSettings()
  const update = useUpdateSettings()
  const { theme, tileShape } = settings.appearance
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && props.onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('settings.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <section className={styles.group}>
              <Text as="h3" weight="semibold">
                {t('settings.appearance')}
              </Text>
              <Choice
                label={t('settings.theme')}
                value={theme}
                values={THEMES}
                wordsOf={(value) => t(`settings.themes.${value}`)}
                onChange={(value) => update({ appearance: { theme: value } })}
              />
              <LanguageField />
              <Choice
                label={t('settings.shape')}
                value={tileShape}
                values={SHAPES}
                wordsOf={(value) => t(`settings.shapes.${value}`)}
                onChange={(value) => update({ appearance: { tileShape: value } })}
              />
            </section>
            <section className={styles.group}>
              <Text as="h3" weight="semibold">
                {t('settings.library')}
              </Text>
              <LibraryFields library={settings.library} />
            </section>
          </DialogContent>
          <DialogActions>
            <Button onClick={() => update(DEFAULT_SETTINGS)}>{t('settings.reset')}</Button>
            <Button appearance="primary" onClick={props.onClose}>
              {t('common.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

import { Field, Input, Text } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type OAuthSettings, settingsPatchSchema } from '../../../shared/settings.ts'
import type { UndoableSettings } from './use-undoable-settings.ts'

const FIELDS = ['clientId', 'tenant', 'authority', 'scope'] as const satisfies (keyof OAuthSettings)[]

interface OAuthFieldProps extends Pick<UndoableSettings, 'update'> {
  readonly name: (typeof FIELDS)[number]
  readonly value: string
}

/** One setting, kept when the field is left; what is not acceptable stays to be corrected. */
function OAuthField({ name, value, update }: OAuthFieldProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const parsed = settingsPatchSchema.safeParse({ oauth: { [name]: text.trim() } })
  return (
    <Field
      label={t(`settings.oauth.${name}`)}
      hint={t(`settings.oauth.${name}Hint`)}
      {...(!parsed.success && { validationMessage: t('settings.oauth.problem') })}
    >
      <Input
        value={text}
        spellCheck={false}
        onChange={(_, data) => setText(data.value)}
        onBlur={() => {
          if (parsed.success && text.trim() !== value) update(parsed.data)
        }}
      />
    </Field>
  )
}

/** What modern sign-in needs to know (F7). */
export function SignInSettings({ settings, update }: Pick<UndoableSettings, 'settings' | 'update'>) {
  const { t } = useTranslation()
  const { oauth } = settings
  return (
    <>
      <Text>{t('settings.oauth.explanation')}</Text>
      {FIELDS.map((name) => (
        // Made anew when the setting changes from elsewhere, as when it is taken back.
        <OAuthField key={`${name} ${oauth[name]}`} name={name} value={oauth[name]} update={update} />
      ))}
    </>
  )
}

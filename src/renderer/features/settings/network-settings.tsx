import { Field, Input, Switch } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { settingsSchema } from '../../../shared/settings.ts'
import type { UndoableSettings } from './use-undoable-settings.ts'

const proxySchema = settingsSchema.shape.network.unwrap().shape.proxy

/** The proxy (F10), kept when the field is left and what stands in it is one; and who may be asked for a server (F1). */
export function NetworkSettings({ settings, update }: Pick<UndoableSettings, 'settings' | 'update'>) {
  const { t } = useTranslation()
  const { proxy } = settings.network
  const [text, setText] = useState<string | null>(null)
  const typed = text?.trim() ?? proxy
  const isGood = proxySchema.safeParse(typed).success
  const keep = () => {
    if (!isGood) return
    if (typed !== proxy) update({ network: { proxy: typed } })
    setText(null)
  }
  const { isOnlineLookupAllowed } = settings.discovery
  return (
    <>
      <Field
        label={t('settings.proxy')}
        hint={t('settings.proxyHint')}
        {...(!isGood && { validationMessage: t('settings.proxyProblem') })}
      >
        <Input value={text ?? proxy} onChange={(_, { value }) => setText(value)} onBlur={keep} />
      </Field>
      <Field hint={t('settings.onlineLookupHint')}>
        <Switch
          label={t('settings.onlineLookup')}
          checked={isOnlineLookupAllowed}
          onChange={(_, { checked }) => update({ discovery: { isOnlineLookupAllowed: checked } })}
        />
      </Field>
    </>
  )
}

import { Field, Input, Text } from '@fluentui/react-components'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CertificateFacts } from '../../../shared/certificate-facts.ts'
import type { AppError } from '../../../shared/errors.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { ErrorWords } from '../../ui/error-words.tsx'
import type { ChosenClientCertificate, ChosenFile } from './certificate-choice.ts'
import { CertificateGroup } from './certificate-group.tsx'
import { ChooseFiles } from './choose-files.tsx'

function needsPassphrase(error: AppError | null): boolean {
  return error?.code === 'client-certificate-file' && error.reason === 'wrong-passphrase'
}

/**
 * The certificate by which this computer proves itself: chosen as a file, opened with its passphrase, and shown before it counts.
 * The key and the passphrase go to the engine and never come back.
 */
export function ClientCertificateField(props: {
  chosen: ChosenClientCertificate | null
  /** What the account has already. */
  kept?: CertificateFacts | null
  onChange: (chosen: ChosenClientCertificate | null) => void
  onRemoveKept?: () => void
  /** Beside the button that chooses. */
  buttons?: ReactNode
}) {
  const { t } = useTranslation()
  const { client } = useEngine()
  const errorWords = useErrorWords()
  const { chosen, kept = null, onChange } = props
  const [error, setError] = useState<AppError | null>(null)
  const [isProtected, setIsProtected] = useState(false)
  const { mutate: open } = useMutation({
    mutationFn: async (choice: ChosenClientCertificate) => {
      const files = choice.files.map(({ content }) => content)
      const { passphrase } = choice
      return { ...choice, facts: await client.connections.inspectClientCertificate({ files, passphrase }) }
    },
    onSuccess(opened) {
      setError(null)
      onChange(opened)
    },
    onError(thrown, { passphrase }) {
      const failed = toAppError(thrown)
      if (needsPassphrase(failed)) setIsProtected(true)
      // That a file has a passphrase is no error before one was typed.
      setError(needsPassphrase(failed) && passphrase === '' ? null : failed)
    },
    gcTime: 0,
  })
  const choose = (files: readonly ChosenFile[]) => {
    const choice = { files, passphrase: '', facts: null }
    setError(null)
    setIsProtected(false)
    onChange(choice)
    open(choice)
  }
  const takeAway = () => {
    setError(null)
    if (chosen !== null) onChange(null)
    else props.onRemoveKept?.()
  }
  const facts = chosen === null ? kept : chosen.facts
  return (
    <CertificateGroup
      label={t('certificates.client')}
      hint={t('certificates.clientHint')}
      facts={facts === null ? [] : [facts]}
      removeLabel={t('certificates.removeClient')}
      {...((chosen !== null || kept !== null) && { onRemove: takeAway })}
      buttons={
        <>
          <ChooseFiles
            label={t('certificates.chooseClient')}
            accept=".pfx,.p12,.pem,.crt,.cer,.key"
            isMultiple
            onChosen={choose}
          />
          {props.buttons}
        </>
      }
    >
      {chosen !== null && chosen.facts === null && (
        <Text size={200}>{t('certificates.chosen', { files: chosen.files.map(({ name }) => name).join(', ') })}</Text>
      )}
      {chosen !== null && isProtected && (
        <Field label={t('certificates.passphrase')} hint={t('certificates.passphraseHint')}>
          <Input
            type="password"
            autoComplete="off"
            value={chosen.passphrase}
            onChange={(_, { value }) => onChange({ ...chosen, passphrase: value, facts: null })}
            onBlur={() => chosen.passphrase !== '' && chosen.facts === null && open(chosen)}
          />
        </Field>
      )}
      {error !== null && <ErrorWords {...errorWords(error)} />}
    </CertificateGroup>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CertificateFacts } from '../../../shared/certificate-facts.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { ErrorWords } from '../../ui/error-words.tsx'
import type { ChosenAuthorities, ChosenFile } from './certificate-choice.ts'
import { CertificateGroup } from './certificate-group.tsx'
import { ChooseFiles } from './choose-files.tsx'

/** CAs to trust beside the system's: chosen as a file, shown before they count (F10). */
export function AuthorityField(props: {
  facts: readonly CertificateFacts[]
  onChosen: (chosen: ChosenAuthorities) => void
  onRemove: () => void
}) {
  const { t } = useTranslation()
  const { client } = useEngine()
  const errorWords = useErrorWords()
  const { facts, onChosen, onRemove } = props
  const { mutate, error, reset } = useMutation({
    mutationFn: async (files: readonly ChosenFile[]) => ({
      files,
      facts: await client.connections.inspectAuthorities({ files: files.map(({ content }) => content) }),
    }),
    onSuccess: onChosen,
    gcTime: 0,
  })
  const remove = () => {
    reset()
    onRemove()
  }
  return (
    <CertificateGroup
      label={t('certificates.authorities')}
      hint={t('certificates.authoritiesHint')}
      facts={facts}
      removeLabel={t('certificates.removeAuthorities')}
      {...(facts.length > 0 && { onRemove: remove })}
      buttons={
        <ChooseFiles
          label={t('certificates.chooseAuthorities')}
          accept=".pem,.crt,.cer,.der"
          isMultiple={false}
          onChosen={mutate}
        />
      }
    >
      {error !== null && <ErrorWords {...errorWords(toAppError(error))} />}
    </CertificateGroup>
  )
}

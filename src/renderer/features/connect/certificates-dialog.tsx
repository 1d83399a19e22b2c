import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { ErrorWords } from '../../ui/error-words.tsx'
import { AuthorityField } from './authority-field.tsx'
import type { ChosenClientCertificate } from './certificate-choice.ts'
import { ClientCertificateField } from './client-certificate-field.tsx'
import { PinnedCertificates } from './pinned-certificates.tsx'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
})

/** What an account trusts beside the system's CAs, and what it proves itself with. Everything applies at once (F10). */
export function CertificatesDialog({ address, onClose }: { address: SmtpAddress; onClose: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const { client, queries, queryClient } = useEngine()
  const query = queries.connections.readCertificates.queryOptions({ input: { address }, gcTime: 0 })
  const { data, error: readError } = useQuery(query)
  const [chosen, setChosen] = useState<ChosenClientCertificate | null>(null)
  const { mutate: change, error: changeError } = useMutation({
    mutationFn: (wanted: Omit<Parameters<typeof client.connections.changeCertificates>[0], 'address'>) =>
      client.connections.changeCertificates({ address, ...wanted }),
    onSuccess(now) {
      setChosen(null)
      queryClient.setQueryData(query.queryKey, now)
    },
    gcTime: 0,
  })
  const keepChosen = () => {
    if (chosen === null) return
    const { files, passphrase } = chosen
    change({ clientCertificate: { files: files.map(({ content }) => content), passphrase } })
  }
  const error = changeError ?? readError
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogBox>
        <DialogBody>
          <DialogTitle>{t('certificates.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{t('certificates.explanation', { address })}</Text>
            {error !== null && <ErrorWords {...errorWords(toAppError(error))} />}
            {data === undefined && error === null && <Spinner size="small" label={t('empty.loading')} />}
            {data !== undefined && (
              <>
                <AuthorityField
                  facts={data.authorities}
                  onChosen={({ files }) => change({ authorities: files.map(({ content }) => content) })}
                  onRemove={() => change({ authorities: [] })}
                />
                {data.pins.length > 0 && <PinnedCertificates pins={data.pins} onKeep={(pins) => change({ pins })} />}
                <ClientCertificateField
                  chosen={chosen}
                  kept={data.clientCertificate}
                  onChange={setChosen}
                  onRemoveKept={() => change({ clientCertificate: null })}
                  buttons={
                    chosen !== null && (
                      <Button size="small" appearance="primary" onClick={keepChosen}>
                        {t('certificates.useClient')}
                      </Button>
                    )
                  }
                />
              </>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('common.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogBox>
    </Dialog>
  )
}

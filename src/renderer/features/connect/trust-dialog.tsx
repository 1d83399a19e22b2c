import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CertificateFacts } from '../../../shared/certificate-facts.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { ErrorWords } from '../../ui/error-words.tsx'
import { ConsentRequest } from './consent-request.tsx'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  pins: { overflowWrap: 'anywhere', userSelect: 'text' },
})

/** The certificate that an account’s server shows and is not trusted for, and whether it is to be trusted all the same (F10). */
export function TrustDialog(props: {
  address: SmtpAddress
  host: string
  certificate: CertificateFacts
  onClose: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const { client, queries } = useEngine()
  const { address, host, certificate, onClose } = props
  const { data } = useQuery(queries.connections.readCertificates.queryOptions({ input: { address }, gcTime: 0 }))
  const trust = useMutation({
    mutationFn: () => client.connections.changeCertificates({ address, agreedPin: certificate.sha256 }),
    onSuccess: onClose,
  })
  const pins = data?.pins ?? []
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogBox>
        <DialogBody>
          <DialogTitle>{t('trust.title', { host })}</DialogTitle>
          <DialogContent className={styles.content}>
            {pins.length > 0 && (
              <Text>
                {t('trust.changed', { count: pins.length })}{' '}
                <bdi className={styles.pins} dir="ltr">
                  {pins.join(', ')}
                </bdi>
              </Text>
            )}
            {trust.error !== null && <ErrorWords {...errorWords(toAppError(trust.error))} />}
            <ConsentRequest
              question={{ kind: 'certificate', host, certificate }}
              isBusy={trust.isPending}
              onAgree={() => trust.mutate()}
            />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogBox>
    </Dialog>
  )
}

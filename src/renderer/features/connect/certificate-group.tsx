import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { CertificateFacts } from '../../../shared/certificate-facts.ts'
import { Facts } from '../../ui/facts.tsx'
import { useCertificateFacts } from './use-certificate-facts.ts'

const useStyles = makeStyles({
  group: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, minWidth: 0 },
  hint: { color: tokens.colorNeutralForeground3 },
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
  },
  item: {
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

/** Certificates of one use, what they say of themselves, and what can be done about them. */
export function CertificateGroup(props: {
  label: string
  hint: string
  facts: readonly CertificateFacts[]
  /** Absent: there is nothing to take away. */
  onRemove?: (() => void) | undefined
  removeLabel: string
  buttons: ReactNode
  children?: ReactNode
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const factsOf = useCertificateFacts()
  const id = useId()
  return (
    <section className={styles.group} aria-labelledby={id}>
      <Text id={id}>{props.label}</Text>
      <Text size={200} className={styles.hint}>
        {props.hint}
      </Text>
      {props.facts.length > 0 && (
        <ul className={styles.list} aria-label={t('certificates.held', { label: props.label })}>
          {props.facts.map((certificate) => (
            <li key={certificate.sha256} className={styles.item}>
              <Facts facts={factsOf(certificate)} />
            </li>
          ))}
        </ul>
      )}
      {props.children}
      <div className={styles.buttons}>
        {props.buttons}
        {props.onRemove !== undefined && (
          <Button size="small" appearance="subtle" icon={<DismissRegular />} onClick={props.onRemove}>
            {props.removeLabel}
          </Button>
        )}
      </div>
    </section>
  )
}

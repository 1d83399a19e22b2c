import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

const useStyles = makeStyles({
  group: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  hint: { color: tokens.colorNeutralForeground3 },
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
  },
  pin: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  sha256: { minWidth: 0, overflowWrap: 'anywhere', userSelect: 'text' },
})

/** Fingerprints of server certificates that a person agreed to, each of which can be taken back. */
export function PinnedCertificates(props: { pins: readonly string[]; onKeep: (pins: string[]) => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const id = useId()
  return (
    <section className={styles.group} aria-labelledby={id}>
      <Text id={id}>{t('certificates.pins')}</Text>
      <Text size={200} className={styles.hint}>
        {t('certificates.pinsHint')}
      </Text>
      <ul className={styles.list}>
        {props.pins.map((pin) => (
          <li key={pin} className={styles.pin}>
            <Text size={200} className={styles.sha256} dir="ltr">
              {pin}
            </Text>
            <Button
              size="small"
              appearance="subtle"
              aria-label={t('certificates.forgetPinOf', { pin: pin.slice(0, 11) })}
              onClick={() => props.onKeep(props.pins.filter((other) => other !== pin))}
            >
              {t('certificates.forgetPin')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

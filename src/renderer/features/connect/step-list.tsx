import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import {
  ArrowForwardRegular,
  CheckmarkCircleRegular,
  CopyRegular,
  DismissCircleRegular,
  SubtractCircleRegular,
} from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionStep, StepEvidence } from '../../../shared/connections.ts'
import { describeSteps } from '../../../shared/describe-connection.ts'
import { Facts } from '../../ui/facts.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { useCertificateFacts } from './use-certificate-facts.ts'

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between' },
  list: {
    margin: 0,
    padding: tokens.spacingHorizontalM,
    listStyleType: 'none',
    maxHeight: '240px',
    overflowY: 'auto',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    userSelect: 'text',
  },
  step: { display: 'flex', gap: tokens.spacingHorizontalS },
  icon: { fontSize: '16px', flexShrink: 0, marginTop: '1px', color: tokens.colorNeutralForeground3 },
  good: { color: tokens.colorPaletteGreenForeground1 },
  bad: { color: tokens.colorPaletteRedForeground1 },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  more: { cursor: 'pointer', color: tokens.colorNeutralForeground2 },
  quiet: { color: tokens.colorNeutralForeground3 },
})

type Outcome = ConnectionStep['outcome']

const ICONS: Record<Outcome, ReactNode> = {
  found: <CheckmarkCircleRegular />,
  redirected: <ArrowForwardRegular />,
  'nothing-here': <SubtractCircleRegular />,
  skipped: <SubtractCircleRegular />,
  refused: <DismissCircleRegular />,
  unreachable: <DismissCircleRegular />,
  failed: <DismissCircleRegular />,
}

/** What the wire showed, folded away until somebody wants it. */
function StepEvidenceFacts({ name, evidence }: { name: string; evidence: StepEvidence }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const factsOf = useCertificateFacts()
  const { resolvedAddress, tlsVersion, certificate, offeredSchemes, serverHeaders, requestId } = evidence
  return (
    <details>
      <summary className={styles.more}>{t('doctor.more', { name })}</summary>
      <Facts
        facts={[
          { label: t('doctor.connectedTo'), value: resolvedAddress },
          { label: t('doctor.tls'), value: tlsVersion ?? t('doctor.plain') },
          ...factsOf(certificate),
          { label: t('doctor.offered'), value: offeredSchemes.join(', ') },
          { label: 'client-request-id', value: requestId },
          ...serverHeaders.map(({ name: label, value }) => ({ label, value })),
        ]}
      />
    </details>
  )
}

/** The connection doctor: each step with where it asked, what came, and how long it took; and all of it as text (F2). */
export function StepList({ steps }: { steps: readonly ConnectionStep[] }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const tone = (outcome: Outcome) => {
    if (outcome === 'found') return styles.good
    return ['refused', 'unreachable', 'failed'].includes(outcome) ? styles.bad : undefined
  }
  return (
    <div>
      <div className={styles.head}>
        <Text weight="semibold" size={200}>
          {t('connect.steps')}
        </Text>
        <Button
          size="small"
          appearance="transparent"
          icon={<CopyRegular />}
          onClick={() => void navigator.clipboard.writeText(describeSteps(steps))}
        >
          {t('connect.copySteps')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <ol className={styles.list} tabIndex={0} aria-label={t('connect.steps')}>
        {steps.map((step, at) => (
          <li key={at} className={styles.step}>
            <span className={mergeClasses(styles.icon, tone(step.outcome))} aria-hidden="true">
              {ICONS[step.outcome]}
            </span>
            <span className={styles.words}>
              {t(`outcome.${step.outcome}`)} · {step.name} · {step.url}
              <br />
              <span className={styles.quiet}>
                {step.status !== null && `HTTP ${step.status} · `}
                {t('connect.milliseconds', { ms: formats.number(Math.round(step.durationMs)) })} · {step.detail}
                {step.advice !== undefined && ` ${step.advice}`}
              </span>
              {step.evidence !== undefined && <StepEvidenceFacts name={step.name} evidence={step.evidence} />}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}

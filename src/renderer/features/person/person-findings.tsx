import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AcceptedFinding } from '../../../shared/audit.ts'
import type { FindingCode, Scope } from '../../../shared/people.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { AcceptForm } from './accept-form.tsx'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  name: { flexGrow: 1, '::first-letter': { textTransform: 'uppercase' } },
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
})

function scopeOf(address: SmtpAddress): Scope {
  return { of: { kind: 'addresses', addresses: [address] }, except: [] }
}

function AcceptedLine({ one, onTakeBack }: { one: AcceptedFinding; onTakeBack: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const facts = { by: one.by, time: formats.dateTime(one.acceptedMs) }
  const words =
    one.untilMs === null
      ? t('findings.acceptedBy', facts)
      : t('findings.acceptedUntil', { ...facts, until: formats.dateTime(one.untilMs) })
  return (
    <li>
      <div className={styles.line}>
        <Text className={styles.name}>{t(`finding.${one.finding}`)}</Text>
        <Button size="small" onClick={onTakeBack}>
          {t('findings.takeBack')}
        </Button>
      </div>
      <Text size={200} block className={styles.quiet}>
        {words}
      </Text>
      {one.reason !== '' && (
        <Text size={200} block className={styles.quiet} dir="auto">
          {one.reason}
        </Text>
      )}
    </li>
  )
}

/**
 * What was found at one person; each finding can be accepted with a reason, and that can be taken back (F66).
 * @param props.onStep is told what was done, in words, and what the engine knows the step by; null: nothing was changed
 */
export function PersonFindings(props: {
  address: SmtpAddress
  onStep: (said: string, step: number | null) => void
  onError: (thrown: unknown) => void
}) {
  const { address, onStep, onError } = props
  const styles = useStyles()
  const { t } = useTranslation()
  const titleId = useId()
  const { client, queries, queryClient } = useEngine()
  const { data } = useQuery(queries.audit.read.queryOptions({ input: { address } }))
  const [accepting, setAccepting] = useState<FindingCode | null>(null)
  const change = useMutation({
    mutationFn: ({ work }: { work: () => Promise<{ step: number | null }>; said: string }) => work(),
    onSuccess: ({ step }, { said }) => onStep(said, step),
    onError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: queries.audit.read.key({ input: { address } }) }),
  })
  const scope = scopeOf(address)
  const accept = (finding: FindingCode, reason: string, untilMs: number | null) => {
    setAccepting(null)
    change.mutate({
      work: () => client.audit.accept({ scope, finding, reason, untilMs }),
      said: t('findings.saidAccepted'),
    })
  }
  if (data === undefined || data.open.length + data.accepted.length === 0) return null
  return (
    <section aria-labelledby={titleId} data-section="findings">
      <Text as="h3" weight="semibold" id={titleId} block>
        {t('findings.title')}
      </Text>
      <ul className={styles.list}>
        {data.open.map((finding) => (
          <li key={finding}>
            <div className={styles.line}>
              <Text className={styles.name}>{t(`finding.${finding}`)}</Text>
              {accepting !== finding && (
                <Button size="small" onClick={() => setAccepting(finding)}>
                  {t('findings.accept')}
                </Button>
              )}
            </div>
            {accepting === finding && (
              <AcceptForm
                onAccept={(reason, untilMs) => accept(finding, reason, untilMs)}
                onCancel={() => setAccepting(null)}
              />
            )}
          </li>
        ))}
        {data.accepted.map((one) => (
          <AcceptedLine
            key={one.finding}
            one={one}
            onTakeBack={() =>
              change.mutate({
                work: () => client.audit.takeBack({ scope, finding: one.finding }),
                said: t('findings.saidTakenBack'),
              })
            }
          />
        ))}
      </ul>
    </section>
  )
}

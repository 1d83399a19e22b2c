import { Button, makeStyles, Spinner, Text, Tooltip, tokens } from '@fluentui/react-components'
import {
  ArrowClockwiseRegular,
  ArrowExportRegular,
  CopyRegular,
  DismissRegular,
  ImageCopyRegular,
} from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../shared/people.ts'
import type { PhotoVersion } from '../../../shared/photos.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import { LARGEST_SIZE_CODE } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { usePerson, usePhotoRecords } from '../../api/queries.ts'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { ErrorWords } from '../../ui/error-words.tsx'
import { Facts } from '../../ui/facts.tsx'
import { PersonFindings } from './person-findings.tsx'
import { PhotoEvidence } from './photo-evidence.tsx'
import { PhotoHistory } from './photo-history.tsx'
import { SizeStrip } from './size-strip.tsx'
import { TwoPictures } from './two-pictures.tsx'

const useStyles = makeStyles({
  // In a low window all of it scrolls, under the name and the way out.
  root: {
    display: 'flex',
    flexDirection: 'column',
    minHeight: 0,
    height: '100%',
    '@media (max-height: 450px)': { overflowY: 'auto' },
  },
  header: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    '@media (max-height: 450px)': {
      position: 'sticky',
      top: 0,
      zIndex: 1,
      backgroundColor: tokens.colorNeutralBackground1,
    },
  },
  title: { flexGrow: 1, minWidth: 0, outline: 'none' },
  name: { overflowWrap: 'anywhere', userSelect: 'text' },
  subtitle: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalXS,
    padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS}`,
  },
  body: {
    flexGrow: 1,
    minHeight: 0,
    overflowY: 'auto',
    '@media (max-height: 450px)': { overflowY: 'visible', flexShrink: 0 },
    padding: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXL}`,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXL,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    paddingTop: tokens.spacingVerticalL,
  },
  heading: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    marginBottom: tokens.spacingVerticalS,
  },
})

function Section(props: { title: string; aside?: ReactNode; children: ReactNode }) {
  const styles = useStyles()
  return (
    <section>
      <div className={styles.heading}>
        <Text as="h3" weight="semibold">
          {props.title}
        </Text>
        {props.aside}
      </div>
      {props.children}
    </section>
  )
}

function Details({ person }: { person: Person }) {
  const { t } = useTranslation()
  const facts = [
    { label: t('person.address'), value: person.address },
    { label: t('person.kind'), value: t(`kind.${person.kind}`) },
    { label: t('person.jobTitle'), value: person.title },
    { label: t('person.department'), value: person.department },
    { label: t('person.office'), value: person.office },
    { label: t('person.company'), value: person.company },
    { label: t('person.manager'), value: person.manager },
    { label: t('person.alias'), value: person.alias },
    ...person.phones.map(({ label, number }) => ({ label: label || t('person.phone'), value: number })),
  ]
  return <Facts facts={facts} />
}

interface PersonCardProps {
  readonly address: SmtpAddress
  readonly photoBase: string
  readonly isRound: boolean
  readonly onClose: () => void
  readonly onExport: (address: SmtpAddress) => void
  readonly onCopyPicture: (address: SmtpAddress) => void
  readonly onCompareVersions: (address: SmtpAddress, versions: readonly PhotoVersion[]) => void
  /** A finding was accepted, or that was taken back: in words, and what the engine knows the step by. */
  readonly onFindingStep: (said: string, step: number | null) => void
}

function CardActions(props: PersonCardProps & { onError: (thrown: unknown) => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const announce = useAnnounce()
  const { client, queries, queryClient } = useEngine()
  const { address } = props
  const refresh = useMutation({
    mutationFn: () => client.photos.refresh({ address }),
    onSuccess: (records) => {
      queryClient.setQueryData(queries.photos.list.queryKey({ input: { address } }), records)
      announce(t('person.refreshed'))
    },
    onError: props.onError,
  })
  const copy = () => {
    navigator.clipboard.writeText(address).then(() => announce(t('person.copied')), props.onError)
  }
  return (
    <div className={styles.actions}>
      <Button
        size="small"
        icon={
          refresh.isPending ? <Spinner size="extra-tiny" aria-label={t('common.busy')} /> : <ArrowClockwiseRegular />
        }
        disabledFocusable={refresh.isPending}
        onClick={() => refresh.mutate()}
      >
        {t('person.refresh')}
      </Button>
      <Button size="small" icon={<ArrowExportRegular />} onClick={() => props.onExport(address)}>
        {t('person.export')}
      </Button>
      <Button size="small" icon={<ImageCopyRegular />} onClick={() => props.onCopyPicture(address)}>
        {t('person.copyPicture')}
      </Button>
      <Button size="small" icon={<CopyRegular />} onClick={copy}>
        {t('person.copyAddress')}
      </Button>
    </div>
  )
}

/** Everything about one person's photo: details, nine sizes, directory beside mailbox, and the evidence (F23–F26). */
export function PersonCard(props: PersonCardProps) {
  const styles = useStyles()
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const { address, photoBase } = props
  const person = usePerson(address)
  const { records, isAsking, error } = usePhotoRecords(address)
  const [sizeCode, setSizeCode] = useState<SizeCode>(LARGEST_SIZE_CODE)
  const [actionError, setActionError] = useState<{ address: SmtpAddress; thrown: unknown } | null>(null)
  const thrown = actionError?.address === address ? actionError.thrown : error
  const chosen = records?.find((record) => record.sizeCode === sizeCode)
  const asking = isAsking && <Spinner size="extra-tiny" label={t('person.asking')} labelPosition="after" />
  return (
    <article className={styles.root} aria-label={t('person.label', { name: person?.displayName ?? address })}>
      <header className={styles.header}>
        <CardTitle key={address} person={person} address={address} />
        <Tooltip content={t('person.close')} relationship="label">
          <Button appearance="subtle" icon={<DismissRegular />} onClick={props.onClose} />
        </Tooltip>
      </header>
      <CardActions
        key={`actions-${address}`}
        {...props}
        onError={(failure) => setActionError({ address, thrown: failure })}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <section className={styles.body} tabIndex={0} aria-label={t('person.content')}>
        {thrown !== null && thrown !== undefined && <ErrorWords {...errorWords(toAppError(thrown))} />}
        {records !== null && (
          <Section title={t('person.twoPictures')} aside={asking}>
            <TwoPictures
              records={records}
              photoBase={photoBase}
              isRound={props.isRound}
              name={person?.displayName ?? address}
            />
          </Section>
        )}
        <PersonFindings
          key={`findings-${address}`}
          address={address}
          onStep={props.onFindingStep}
          onError={(failure) => setActionError({ address, thrown: failure })}
        />
        {person !== null && (
          <Section title={t('person.details')}>
            <Details person={person} />
          </Section>
        )}
        {records !== null && (
          <Section title={t('person.nineSizes')}>
            <SizeStrip
              records={records}
              photoBase={photoBase}
              isAsking={isAsking}
              chosen={sizeCode}
              onChoose={setSizeCode}
            />
          </Section>
        )}
        {chosen !== undefined && (
          <Section title={t('person.why', { sizeCode })}>
            <PhotoEvidence record={chosen} />
          </Section>
        )}
        <Section title={t('history.title')}>
          <PhotoHistory
            key={address}
            address={address}
            photoBase={photoBase}
            onCompare={(versions) => props.onCompareVersions(address, versions)}
          />
        </Section>
      </section>
    </article>
  )
}

/** The name, which takes the focus when the card is opened by the keyboard. */
function CardTitle(props: { person: Person | null; address: SmtpAddress }) {
  const styles = useStyles()
  const { person, address } = props
  return (
    <div className={styles.title} data-card-title="" tabIndex={-1}>
      <Text as="h2" size={500} weight="semibold" block className={styles.name} dir="auto">
        {person?.displayName ?? address}
      </Text>
      <Text size={200} block className={styles.subtitle} dir="auto">
        {[person?.title, person?.department].filter((part) => part !== undefined && part !== '').join(' · ') || address}
      </Text>
    </div>
  )
}

/** Gives the keyboard to an open card, wherever it is in the window. */
export function useCardFocus(request: object | null): void {
  const done = useRef<object | null>(null)
  useEffect(() => {
    if (request === null || done.current === request) return
    done.current = request
    document.querySelector<HTMLElement>('[data-card-title]')?.focus()
  }, [request])
}

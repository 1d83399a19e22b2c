import {
  Button,
  Dialog,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
  Switch,
  Text,
  Tooltip,
  tokens,
} from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhotoRecord } from '../../../shared/photos.ts'
import { LARGEST_SIZE_CODE } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { usePerson } from '../../api/queries.ts'
import { Facts } from '../../ui/facts.tsx'
import { initialsOf } from '../../ui/initials.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { byteWords, pixelWords } from './record-words.ts'
import { useLargePicture } from './use-large-picture.ts'

const useStyles = makeStyles({
  surface: {
    width: 'min(1280px, calc(100vw - 32px))',
    maxWidth: 'none',
    maxHeight: 'calc(100vh - 32px)',
    boxSizing: 'border-box',
    overflowY: 'auto',
  },
  bar: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  title: { flexGrow: 1 },
  columns: {
    display: 'grid',
    gridAutoFlow: 'column',
    gridAutoColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingHorizontalL,
    margin: 0,
    marginTop: tokens.spacingVerticalM,
    padding: 0,
    listStyleType: 'none',
  },
  column: { minWidth: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  box: {
    aspectRatio: '1',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    overflow: 'hidden',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground3,
    fontSize: '48px',
  },
  round: { borderRadius: '50%' },
  image: { width: '100%', height: '100%', objectFit: 'contain' },
  whole: { objectFit: 'none' },
  cover: { objectFit: 'cover' },
  text: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
})

interface ColumnProps {
  readonly address: SmtpAddress
  readonly photoBase: string
  readonly isRound: boolean
  readonly isWhole: boolean
  /** Another of those who are compared has the very same file. */
  readonly hasSameFile: boolean
}

function useFactsOf(record: PhotoRecord | null, hasSameFile: boolean) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (record === null) return []
  const { changedMs, checkedMs } = record
  return [
    { label: t('evidence.pixels'), value: pixelWords(record, t, formats) },
    { label: t('evidence.bytes'), value: byteWords(record, formats) },
    { label: t('evidence.changed'), value: changedMs === null ? '' : formats.dateTime(changedMs) },
    { label: t('evidence.asked'), value: checkedMs === null ? '' : formats.dateTime(checkedMs) },
    { label: t('compare.file'), value: hasSameFile ? t('compare.sameFile') : '' },
  ]
}

function Column(props: ColumnProps) {
  const styles = useStyles()
  const person = usePerson(props.address)
  const { record, src } = useLargePicture(props.address, props.photoBase)
  const [failedSrc, setFailedSrc] = useState<string | null>(null)
  const facts = useFactsOf(record, props.hasSameFile)
  const name = person?.displayName ?? props.address
  const fit = mergeClasses(styles.image, props.isRound && styles.cover, props.isWhole && styles.whole)
  return (
    <li className={styles.column}>
      <div className={mergeClasses(styles.box, props.isRound && styles.round)}>
        {src === null || src === failedSrc ? (
          <span aria-hidden="true">{initialsOf(name)}</span>
        ) : (
          <img className={fit} src={src} alt="" draggable={false} onError={() => setFailedSrc(src)} />
        )}
      </div>
      <Text weight="semibold" className={styles.text} dir="auto">
        {name}
      </Text>
      <Text size={200} className={mergeClasses(styles.text, styles.quiet)} dir="auto">
        {[person?.title, person?.department].filter((part) => part).join(' · ')}
      </Text>
      <Facts facts={facts} />
    </li>
  )
}

/** Two to four people beside each other (F39): their largest pictures, with what was measured. */
export function CompareDialog(props: {
  addresses: readonly SmtpAddress[]
  photoBase: string
  isRound: boolean
  onClose: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { addresses, photoBase } = props
  const [isRound, setRound] = useState(props.isRound)
  const [isWhole, setWhole] = useState(false)
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && props.onClose()}>
      <DialogSurface className={styles.surface}>
        <div className={styles.bar}>
          <DialogTitle action={null} className={styles.title}>
            {t('compare.title', { count: addresses.length })}
          </DialogTitle>
          <Switch label={t('view.round')} checked={isRound} onChange={(_, { checked }) => setRound(checked)} />
          <Switch label={t('compare.whole')} checked={isWhole} onChange={(_, { checked }) => setWhole(checked)} />
          <Tooltip content={t('look.close')} relationship="label">
            <Button appearance="subtle" icon={<DismissRegular />} onClick={props.onClose} />
          </Tooltip>
        </div>
        <ComparedColumns {...{ addresses, photoBase, isRound, isWhole }} />
      </DialogSurface>
    </Dialog>
  )
}

/** The fewest and the most that fit beside each other. */
export const COMPARED = { least: 2, most: 4 } as const

function ComparedColumns(props: Omit<ColumnProps, 'address' | 'hasSameFile'> & { addresses: readonly SmtpAddress[] }) {
  const styles = useStyles()
  const { queries } = useEngine()
  const { addresses, ...looks } = props
  const lists = useQueries({
    queries: addresses.map((address) => queries.photos.list.queryOptions({ input: { address } })),
  })
  const hashes = lists.map(
    ({ data }) => data?.find(({ sizeCode }) => sizeCode === LARGEST_SIZE_CODE)?.contentHash ?? null,
  )
  const isShared = (hash: string | null, at: number) =>
    hash !== null && hashes.some((other, where) => where !== at && other === hash)
  return (
    <ul className={styles.columns}>
      {addresses.map((address, at) => (
        <Column key={address} {...looks} address={address} hasSameFile={isShared(hashes[at] ?? null, at)} />
      ))}
    </ul>
  )
}

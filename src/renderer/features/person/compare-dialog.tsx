import { Button, Dialog, DialogTitle, makeStyles, Switch, Tooltip, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import { useQueries } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { photoUrl } from '../../../shared/photo-url.ts'
import type { PhotoRecord, PhotoVersion } from '../../../shared/photos.ts'
import { LARGEST_SIZE_CODE } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { usePerson } from '../../api/queries.ts'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import type { ComparedLook } from './compared-picture.tsx'
import { ComparedPicture } from './compared-picture.tsx'
import { byteWords, pixelWords, versionPixels } from './record-words.ts'
import { useLargePicture } from './use-large-picture.ts'

const useStyles = makeStyles({
  surface: {
    width: 'min(1280px, calc(100vw - 32px))',
    maxWidth: 'none',
    maxHeight: 'calc(100vh - 32px)',
    boxSizing: 'border-box',
    overflowY: 'auto',
  },
  bar: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, flexWrap: 'wrap' },
  title: { flexGrow: 1 },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(180px, 100%), 1fr))',
    gap: tokens.spacingHorizontalL,
    margin: 0,
    marginTop: tokens.spacingVerticalM,
    padding: 0,
    listStyleType: 'none',
  },
})

interface ColumnProps {
  readonly address: SmtpAddress
  readonly photoBase: string
  readonly look: ComparedLook
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

function PersonColumn(props: ColumnProps) {
  const person = usePerson(props.address)
  const { record, src } = useLargePicture(props.address, props.photoBase)
  const facts = useFactsOf(record, props.hasSameFile)
  const name = person?.displayName ?? props.address
  const subtitle = [person?.title, person?.department].filter((part) => part).join(' · ')
  return <ComparedPicture {...{ src, name, subtitle, facts }} title={name} look={props.look} />
}

function NowColumn(props: Omit<ColumnProps, 'hasSameFile'>) {
  const { t } = useTranslation()
  const person = usePerson(props.address)
  const { record, src } = useLargePicture(props.address, props.photoBase)
  const facts = useFactsOf(record, false)
  const name = person?.displayName ?? props.address
  return <ComparedPicture {...{ src, name, facts }} title={t('compare.now')} subtitle="" look={props.look} />
}

function VersionColumn(props: Omit<ColumnProps, 'hasSameFile'> & { version: PhotoVersion }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { address, version } = props
  const src = photoUrl(props.photoBase, { person: address, size: version.sizeCode, v: version.contentHash })
  const facts = [
    { label: t('evidence.pixels'), value: versionPixels(version, t, formats) },
    { label: t('evidence.bytes'), value: formats.bytes(version.bytes) },
    { label: t('compare.from'), value: formats.dateTime(version.fromMs) },
    { label: t('compare.until'), value: formats.dateTime(version.untilMs) },
  ]
  const title = t('history.period', { from: formats.date(version.fromMs), until: formats.date(version.untilMs) })
  return <ComparedPicture {...{ src, title, facts }} name={address} subtitle="" look={props.look} />
}

function ComparingDialog(props: {
  title: string
  isRound: boolean
  onClose: () => void
  columns: (look: ComparedLook) => ReactNode
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const [isRound, setRound] = useState(props.isRound)
  const [isWhole, setWhole] = useState(false)
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && props.onClose()}>
      <DialogBox className={styles.surface}>
        <div className={styles.bar}>
          <DialogTitle action={null} className={styles.title}>
            {props.title}
          </DialogTitle>
          <Switch label={t('view.round')} checked={isRound} onChange={(_, { checked }) => setRound(checked)} />
          <Switch label={t('compare.whole')} checked={isWhole} onChange={(_, { checked }) => setWhole(checked)} />
          <Tooltip content={t('look.close')} relationship="label">
            <Button appearance="subtle" icon={<DismissRegular />} onClick={props.onClose} />
          </Tooltip>
        </div>
        <ul className={styles.columns}>{props.columns({ isRound, isWhole })}</ul>
      </DialogBox>
    </Dialog>
  )
}

/** The fewest and the most that fit beside each other. */
export const COMPARED = { least: 2, most: 4 } as const

interface CompareProps {
  readonly photoBase: string
  readonly isRound: boolean
  readonly onClose: () => void
}

/** Two to four people beside each other (F39): their largest pictures, with what was measured. */
export function CompareDialog(props: CompareProps & { addresses: readonly SmtpAddress[] }) {
  const { t } = useTranslation()
  const { queries } = useEngine()
  const { addresses, photoBase } = props
  const lists = useQueries({
    queries: addresses.map((address) => queries.photos.list.queryOptions({ input: { address } })),
  })
  const hashes = lists.map(
    ({ data }) => data?.find(({ sizeCode }) => sizeCode === LARGEST_SIZE_CODE)?.contentHash ?? null,
  )
  const isShared = (hash: string | null, at: number) =>
    hash !== null && hashes.some((other, where) => where !== at && other === hash)
  return (
    <ComparingDialog
      title={t('compare.title', { count: addresses.length })}
      {...props}
      columns={(look) =>
        addresses.map((address, at) => (
          <PersonColumn
            key={address}
            {...{ address, photoBase, look }}
            hasSameFile={isShared(hashes[at] ?? null, at)}
          />
        ))
      }
    />
  )
}

/** The picture that somebody has beside those that they had (F39, F46). */
export function CompareVersionsDialog(
  props: CompareProps & { address: SmtpAddress; versions: readonly PhotoVersion[] },
) {
  const { t } = useTranslation()
  const { address, versions, photoBase } = props
  const name = usePerson(address)?.displayName ?? address
  return (
    <ComparingDialog
      title={t('compare.versions', { name })}
      {...props}
      columns={(look) => [
        <NowColumn key="now" {...{ address, photoBase, look }} />,
        ...versions.map((version) => (
          <VersionColumn key={version.contentHash} {...{ address, photoBase, look, version }} />
        )),
      ]}
    />
  )
}

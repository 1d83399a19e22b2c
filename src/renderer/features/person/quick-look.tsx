import { Button, Dialog, DialogTitle, makeStyles, Text, Tooltip, tokens } from '@fluentui/react-components'
import {
  ChevronLeftRegular,
  ChevronRightRegular,
  DismissRegular,
  PageFitRegular,
  PersonRegular,
  ZoomInRegular,
  ZoomOutRegular,
} from '@fluentui/react-icons'
import type { KeyboardEvent, ReactElement } from 'react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '../../../shared/people.ts'
import { photoUrl } from '../../../shared/photo-url.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { initialsOf } from '../../ui/initials.ts'
import { useFormats } from '../../ui/use-formats.ts'
import type { PictureSize, PictureZoom } from './picture-stage.tsx'
import { PictureStage, zoomPicture } from './picture-stage.tsx'
import { byteWords } from './record-words.ts'
import { useLargePicture } from './use-large-picture.ts'

const useStyles = makeStyles({
  surface: {
    width: 'min(1100px, calc(100vw - 32px))',
    maxWidth: 'none',
    height: 'min(1200px, calc(100vh - 32px))',
    maxHeight: 'none',
    padding: 0,
    boxSizing: 'border-box',
    // It is as high as the window, and so has no need of the room that Fluent keeps for a scroll bar in a low one.
    '@media (max-height: 359px)': { paddingRight: 0, overflowY: 'hidden' },
  },
  root: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  title: { flexGrow: 1, minWidth: 0 },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
  middle: {
    flexGrow: 1,
    minHeight: 0,
    display: 'flex',
    alignItems: 'stretch',
    backgroundColor: tokens.colorNeutralBackground3,
  },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    minHeight: '36px',
  },
  facts: { flexGrow: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
})

export interface QuickLookProps {
  /** Whose picture; null while the row is not loaded. */
  readonly row: PersonRow | null
  /** The place in the order, from 0, and how many there are. */
  readonly index: number
  readonly total: number
  /** The place is one among those who are selected. */
  readonly isAmongSelected: boolean
  readonly photoBase: string
  readonly isRound: boolean
  readonly onMove: (index: number) => void
  readonly onOpen: () => void
  readonly onClose: () => void
}

/** What a key asks for; null: nothing here. */
function commandOf(
  event: KeyboardEvent,
): 'next' | 'previous' | 'first' | 'last' | 'close' | 'open' | ZoomCommand | null {
  const isCtrl = event.ctrlKey || event.metaKey
  const isRtl = document.dir === 'rtl'
  if (isCtrl) return event.key === '0' ? 'fit' : event.key === '1' ? 'whole' : null
  switch (event.key) {
    case 'ArrowRight':
      return isRtl ? 'previous' : 'next'
    case 'ArrowLeft':
      return isRtl ? 'next' : 'previous'
    case 'ArrowDown':
      return 'next'
    case 'ArrowUp':
      return 'previous'
    case 'Home':
      return 'first'
    case 'End':
      return 'last'
    case '+':
    case '=':
      return 'closer'
    case '-':
      return 'farther'
    default:
      return null
  }
}

type ZoomCommand = 'fit' | 'whole' | 'closer' | 'farther'

/** Where a command leads from a place. */
function placeAfter(command: string, index: number, total: number): number {
  if (command === 'first') return 0
  if (command === 'last') return total - 1
  return Math.max(0, Math.min(total - 1, index + (command === 'next' ? 1 : -1)))
}

function useZoom() {
  const [zoom, setZoom] = useState<PictureZoom>('fit')
  const [measured, setMeasured] = useState<{ size: PictureSize; fit: number } | null>(null)
  const onMeasured = useCallback((size: PictureSize, fit: number) => setMeasured({ size, fit }), [])
  const shown = zoom === 'fit' ? (measured?.fit ?? 1) : zoom
  const run = (command: ZoomCommand) => {
    if (command === 'fit') setZoom('fit')
    else if (command === 'whole') setZoom(1)
    else setZoom(zoomPicture(shown, command === 'closer' ? 1 : -1))
  }
  return { zoom, shown, size: measured?.size ?? null, onMeasured, run }
}

/** A large view of one person after another (F32): arrows move on, Esc and Space go back to the grid. */
export function QuickLook(props: QuickLookProps) {
  const styles = useStyles()
  const { t } = useTranslation()
  const announce = useAnnounce()
  const { row, index, total, onMove, onClose } = props
  const zoom = useZoom()
  const name = row?.displayName ?? t('grid.loadingTile')
  const percent = t('look.percent', { percent: Math.round(zoom.shown * 100) })
  const state = row === null ? '' : t(`state.${row.photo.state}`)
  useEffect(() => {
    announce([name, state].filter((part) => part !== '').join(', '))
  }, [announce, name, state])

  const onKeyDown = (event: KeyboardEvent) => {
    const isOnButton = event.target instanceof HTMLButtonElement
    if ((event.key === ' ' || event.key === 'Enter') && !isOnButton) {
      event.preventDefault()
      return event.key === ' ' ? onClose() : props.onOpen()
    }
    const command = commandOf(event)
    if (command === null) return
    event.preventDefault()
    if (command === 'fit' || command === 'whole' || command === 'closer' || command === 'farther') zoom.run(command)
    else onMove(placeAfter(command, index, total))
  }
  const button = (label: string, icon: ReactElement, onClick: () => void, isDisabled = false) => (
    <Tooltip content={label} relationship="label">
      <Button appearance="subtle" icon={icon} disabledFocusable={isDisabled} onClick={onClick} />
    </Tooltip>
  )
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogBox className={styles.surface} data-quick-look="" onKeyDown={onKeyDown}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keys of the large view belong to the whole of it */}
        <div className={styles.root} tabIndex={0}>
          <div className={styles.bar}>
            <div className={styles.title}>
              <DialogTitle action={null} className={styles.name} dir="auto">
                {name}
              </DialogTitle>
              <Text size={200} className={styles.quiet} dir="auto">
                {[row?.title, row?.department, row?.office].filter((part) => part).join(' · ')}
              </Text>
            </div>
            {button(t('look.open'), <PersonRegular />, props.onOpen)}
            {button(t('look.close'), <DismissRegular />, onClose)}
          </div>
          <div className={styles.middle}>
            {row !== null && <LookStage {...props} row={row} zoom={zoom.zoom} onMeasured={zoom.onMeasured} />}
          </div>
          <div className={styles.foot}>
            {button(t('look.previous'), <ChevronLeftRegular />, () => onMove(index - 1), index <= 0)}
            {button(t('look.next'), <ChevronRightRegular />, () => onMove(index + 1), index >= total - 1)}
            {row !== null && (
              <LookFacts
                row={row}
                place={{ index, total, isAmongSelected: props.isAmongSelected }}
                size={zoom.size}
                photoBase={props.photoBase}
              />
            )}
            {button(t('look.fit'), <PageFitRegular />, () => zoom.run('fit'))}
            {button(t('look.farther'), <ZoomOutRegular />, () => zoom.run('farther'))}
            <Button
              size="small"
              appearance="subtle"
              aria-label={`${percent}: ${t('look.whole')}`}
              onClick={() => zoom.run('whole')}
            >
              {percent}
            </Button>
            {button(t('look.closer'), <ZoomInRegular />, () => zoom.run('closer'))}
          </div>
        </div>
      </DialogBox>
    </Dialog>
  )
}

function LookStage(
  props: QuickLookProps & {
    row: PersonRow
    zoom: PictureZoom
    onMeasured: (size: PictureSize, fit: number) => void
  },
) {
  const { t } = useTranslation()
  const { row, photoBase } = props
  const { record, src } = useLargePicture(row.address, photoBase)
  const { tile } = row.photo
  const underSrc =
    tile === null ? null : photoUrl(photoBase, { person: row.address, size: tile.sizeCode, v: tile.contentHash })
  return (
    <PictureStage
      src={src}
      underSrc={underSrc}
      isRound={props.isRound}
      zoom={props.zoom}
      onMeasured={props.onMeasured}
      instead={
        record !== null && (
          <EmptyState icon={initialsOf(row.displayName)} title={t(`state.${row.photo.state}`)} text="" />
        )
      }
    />
  )
}

/** What is known of the picture that is shown, in a line. */
function LookFacts(props: {
  row: PersonRow
  place: { index: number; total: number; isAmongSelected: boolean }
  size: PictureSize | null
  photoBase: string
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const { row, size, place } = props
  const { record } = useLargePicture(row.address, props.photoBase)
  const hasPicture = record !== null && record.contentHash !== null && size !== null
  const facts = [
    t(place.isAmongSelected ? 'look.placeSelected' : 'look.place', {
      at: formats.number(place.index + 1),
      total: formats.number(place.total),
    }),
    hasPicture
      ? t('record.pixels', { width: formats.number(size.widthPx), height: formats.number(size.heightPx) })
      : '',
    record === null ? '' : byteWords(record, formats),
    t(`state.${row.photo.state}`),
    ...row.photo.findings
      .filter((code) => code !== 'missing' && code !== row.photo.state)
      .map((code) => t(`finding.${code}`)),
  ]
  return (
    <Text size={200} className={styles.facts}>
      {facts.filter((part) => part !== '').join(' · ')}
    </Text>
  )
}

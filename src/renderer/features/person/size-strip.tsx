import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { ClockRegular, ImageOffRegular, ImageProhibitedRegular, WarningRegular } from '@fluentui/react-icons'
import { useTranslation } from 'react-i18next'
import type { PhotoRecord } from '../../../shared/photos.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import { sizeCodePx } from '../../../shared/size-codes.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { byteWords, pixelWords, recordUrl } from './record-words.ts'

/** The box that a picture is shown in, CSS px. Smaller pictures are shown as large as they are. */
const BOX_PX = 88

const useStyles = makeStyles({
  strip: {
    margin: 0,
    padding: 0,
    border: 'none',
    minWidth: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(104px, 1fr))',
    gap: tokens.spacingHorizontalS,
  },
  cell: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: '2px',
    padding: tokens.spacingVerticalS,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  chosen: {
    border: `1px solid ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorBrandBackground2,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
    '@media (forced-colors: active)': { outline: '2px solid Highlight' },
  },
  box: {
    width: `${BOX_PX}px`,
    height: `${BOX_PX}px`,
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    fontSize: '24px',
    color: tokens.colorNeutralForeground3,
  },
  image: { objectFit: 'contain', borderRadius: tokens.borderRadiusSmall },
  small: { color: tokens.colorNeutralForeground2, textAlign: 'center' },
  smaller: { color: tokens.colorNeutralForeground3, textAlign: 'center' },
  waiting: {
    width: '56px',
    height: '56px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralStencil1,
  },
})

function Picture({ record, photoBase, isAsking }: { record: PhotoRecord; photoBase: string; isAsking: boolean }) {
  const styles = useStyles()
  const src = recordUrl(record, photoBase)
  if (src !== null) {
    const longerPx = Math.max(record.widthPx ?? BOX_PX, record.heightPx ?? BOX_PX)
    // The nine are shown in proportion to the sizes asked, so that they can be told apart at a glance.
    const sidePx = Math.min(BOX_PX, longerPx, 32 + (sizeCodePx(record.sizeCode) / 648) * (BOX_PX - 32))
    return <img className={styles.image} src={src} alt="" width={sidePx} height={sidePx} decoding="async" />
  }
  if (record.verdict === 'photo') return <ImageProhibitedRegular />
  if (record.error !== null) return <WarningRegular />
  if (record.verdict === 'absent') return <ImageOffRegular />
  return isAsking ? <div className={styles.waiting} /> : <ClockRegular />
}

/** The nine sizes side by side, each with its true pixels, bytes and format (F24). One is chosen for a closer look. */
export function SizeStrip(props: {
  records: readonly PhotoRecord[]
  photoBase: string
  isAsking: boolean
  chosen: SizeCode
  onChoose: (sizeCode: SizeCode) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <fieldset className={styles.strip} aria-label={t('person.nineSizes')}>
      {props.records.map((record) => {
        const isChosen = record.sizeCode === props.chosen
        return (
          <button
            key={record.sizeCode}
            type="button"
            className={mergeClasses(styles.cell, isChosen && styles.chosen)}
            aria-pressed={isChosen}
            data-size-code={record.sizeCode}
            onClick={() => props.onChoose(record.sizeCode)}
          >
            <span className={styles.box} aria-hidden="true">
              <Picture record={record} photoBase={props.photoBase} isAsking={props.isAsking} />
            </span>
            <Text size={200} weight="semibold">
              {record.sizeCode}
            </Text>
            <Text size={200} className={styles.small}>
              {pixelWords(record, t, formats)}
            </Text>
            <Text size={100} className={styles.smaller}>
              {byteWords(record, formats)}
            </Text>
          </button>
        )
      })}
    </fieldset>
  )
}

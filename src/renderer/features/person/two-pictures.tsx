import { makeStyles, Text, tokens } from '@fluentui/react-components'
import { ClockRegular, ImageOffRegular, ImageProhibitedRegular, WarningRegular } from '@fluentui/react-icons'
import { useTranslation } from 'react-i18next'
import type { PhotoRecord } from '../../../shared/photos.ts'
import { DIRECTORY_SIZE_CODE, LARGEST_SIZE_CODE } from '../../../shared/size-codes.ts'
import type { FaceLook } from '../../ui/face.tsx'
import { Face } from '../../ui/face.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { byteWords, pixelWords, recordUrl } from './record-words.ts'

const FACE_PX = 148

const useStyles = makeStyles({
  pair: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL },
  figure: { margin: 0, display: 'flex', flexDirection: 'column', gap: '2px', width: `${FACE_PX}px` },
  face: { marginBottom: tokens.spacingVerticalXS },
  small: { color: tokens.colorNeutralForeground2 },
  smaller: { color: tokens.colorNeutralForeground3 },
  verdict: { marginTop: tokens.spacingVerticalS, color: tokens.colorNeutralForeground2 },
})

function lookOf(record: PhotoRecord, photoBase: string): FaceLook {
  const src = recordUrl(record, photoBase)
  if (src !== null) return { kind: 'picture', src }
  if (record.verdict === 'photo') return { kind: 'trouble', icon: <ImageProhibitedRegular /> }
  if (record.error !== null) return { kind: 'trouble', icon: <WarningRegular /> }
  return { kind: 'idle', icon: record.verdict === 'absent' ? <ImageOffRegular /> : <ClockRegular /> }
}

/** How the two answers compare; empty while one of them is missing. */
function comparisonKey(mailbox: PhotoRecord, directory: PhotoRecord): 'same' | 'different' | null {
  if (mailbox.contentHash === null || directory.contentHash === null) return null
  return mailbox.contentHash === directory.contentHash ? 'same' : 'different'
}

/** The mailbox picture (the largest size) beside the directory picture (HR48x48) (F25). */
export function TwoPictures(props: {
  records: readonly PhotoRecord[]
  photoBase: string
  isRound: boolean
  name: string
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const mailbox = props.records.find(({ sizeCode }) => sizeCode === LARGEST_SIZE_CODE)
  const directory = props.records.find(({ sizeCode }) => sizeCode === DIRECTORY_SIZE_CODE)
  if (mailbox === undefined || directory === undefined) return null
  const comparison = comparisonKey(mailbox, directory)
  const figure = (record: PhotoRecord, caption: string) => (
    <figure className={styles.figure}>
      <div className={styles.face}>
        <Face name={props.name} sizePx={FACE_PX} isRound={props.isRound} look={lookOf(record, props.photoBase)} />
      </div>
      <figcaption>
        <Text size={200} weight="semibold" block>
          {caption}
        </Text>
        <Text size={200} block className={styles.small}>
          {pixelWords(record, t, formats)}
        </Text>
        <Text size={100} block className={styles.smaller}>
          {byteWords(record, formats)}
        </Text>
      </figcaption>
    </figure>
  )
  return (
    <>
      <div className={styles.pair}>
        {figure(mailbox, t('person.mailboxPicture'))}
        {figure(directory, t('person.directoryPicture'))}
      </div>
      {comparison !== null && (
        <Text size={200} block className={styles.verdict}>
          {t(`person.${comparison}`)}
        </Text>
      )}
    </>
  )
}

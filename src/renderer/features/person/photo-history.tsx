import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { ImageProhibitedRegular, SlideTextPersonRegular } from '@fluentui/react-icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { photoUrl } from '../../../shared/photo-url.ts'
import type { PhotoVersion } from '../../../shared/photos.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { versionPixels } from './record-words.ts'

const FACE_PX = 72
/** Earlier ones beside the present one, in one comparison. */
const MOST_COMPARED = 3

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
  },
  version: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  picture: {
    width: `${FACE_PX}px`,
    height: `${FACE_PX}px`,
    flexShrink: 0,
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    fontSize: '24px',
    objectFit: 'cover',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground3,
  },
  quiet: { color: tokens.colorNeutralForeground3 },
})

/** One line for each earlier picture: the nine sizes that changed together are one. The largest of them stands for all. */
export function versionsOf(history: readonly PhotoVersion[]): PhotoVersion[] {
  const byTime = new Map<number, PhotoVersion>()
  const area = ({ widthPx, heightPx }: PhotoVersion) => (widthPx ?? 0) * (heightPx ?? 0)
  for (const version of history) {
    const minute = Math.floor(version.untilMs / 60_000)
    const other = byTime.get(minute)
    if (other === undefined || area(version) > area(other)) byTime.set(minute, version)
  }
  return [...byTime.values()].sort((left, right) => right.untilMs - left.untilMs)
}

/** The pictures that a person had before, the last replaced first (F46). */
export function PhotoHistory(props: {
  address: SmtpAddress
  photoBase: string
  onCompare: (versions: readonly PhotoVersion[]) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const { queries } = useEngine()
  const { address, photoBase } = props
  const history = useQuery(queries.photos.listHistory.queryOptions({ input: { address }, staleTime: 0 })).data
  if (history === undefined) return null
  if (history.length === 0) {
    return (
      <Text size={200} className={styles.quiet}>
        {t('history.none')}
      </Text>
    )
  }
  const versions = versionsOf(history)
  const compared = versions.filter(({ isDecodable }) => isDecodable).slice(0, MOST_COMPARED)
  return (
    <div className={styles.list}>
      <ul className={styles.list}>
        {versions.map((version) => {
          const { contentHash, sizeCode, fromMs, untilMs, bytes } = version
          return (
            <li key={contentHash} className={styles.version} data-version={contentHash}>
              {version.isDecodable ? (
                <img
                  className={styles.picture}
                  src={photoUrl(photoBase, { person: address, size: sizeCode, v: contentHash })}
                  alt=""
                />
              ) : (
                <span className={styles.picture} aria-hidden="true">
                  <ImageProhibitedRegular />
                </span>
              )}
              <div>
                <Text size={200} weight="semibold" block>
                  {t('history.period', { from: formats.date(fromMs), until: formats.date(untilMs) })}
                </Text>
                <Text size={200} block className={styles.quiet}>
                  {versionPixels(version, t, formats)}
                  {' · '}
                  {formats.bytes(bytes)}
                </Text>
              </div>
            </li>
          )
        })}
      </ul>
      {compared.length > 0 && (
        <div>
          <Button size="small" icon={<SlideTextPersonRegular />} onClick={() => props.onCompare(compared)}>
            {t('history.compare')}
          </Button>
        </div>
      )}
    </div>
  )
}

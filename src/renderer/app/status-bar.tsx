import { Button, makeStyles, Slider, Text, Tooltip, tokens } from '@fluentui/react-components'
import { AddRegular, FilterDismissRegular, PlugDisconnectedRegular, SubtractRegular } from '@fluentui/react-icons'
import { useTranslation } from 'react-i18next'
import { isUnderWay } from '../../shared/jobs.ts'
import { useLinkState } from '../api/engine-context.tsx'
import { useJobs, useNextRefresh } from '../api/queries.ts'
import { MAX_TILE_PX, MIN_TILE_PX } from '../features/grid/grid-layout.ts'
import { Landmark } from '../ui/landmark.tsx'
import { useFormats } from '../ui/use-formats.ts'
import { JobStrip } from './job-strip.tsx'

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    minHeight: '36px',
    '@media (max-height: 450px)': { minHeight: '28px' },
    padding: `0 ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    flexShrink: 0,
    minWidth: 0,
  },
  counts: {
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  filters: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    whiteSpace: 'nowrap',
    flexShrink: 0,
  },
  lost: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorPaletteRedForeground1,
    whiteSpace: 'nowrap',
  },
  space: { flexGrow: 1, minWidth: 0 },
  zoom: { display: 'flex', alignItems: 'center', flexShrink: 0 },
  slider: {
    width: '130px',
    minWidth: '80px',
    '@media (max-width: 1000px)': { width: '90px' },
    '@media (max-width: 600px)': { display: 'none' },
  },
})

interface StatusBarProps {
  readonly shown: number
  readonly selected: number
  readonly known: number
  readonly filters: number
  readonly onResetFilters: () => void
  readonly tilePx: number
  readonly onTilePx: (tilePx: number) => void
  readonly onZoom: (steps: number) => void
}

function ZoomSlider({ tilePx, onTilePx, onZoom }: Pick<StatusBarProps, 'tilePx' | 'onTilePx' | 'onZoom'>) {
  const styles = useStyles()
  const { t } = useTranslation()
  return (
    <div className={styles.zoom}>
      <Tooltip content={t('zoom.smaller')} relationship="label">
        <Button size="small" appearance="subtle" icon={<SubtractRegular />} onClick={() => onZoom(-1)} />
      </Tooltip>
      <Slider
        size="small"
        className={styles.slider}
        aria-label={t('zoom.size')}
        aria-valuetext={t('zoom.px', { px: tilePx })}
        min={MIN_TILE_PX}
        max={MAX_TILE_PX}
        value={tilePx}
        onChange={(_, { value }) => onTilePx(value)}
      />
      <Tooltip content={t('zoom.larger')} relationship="label">
        <Button size="small" appearance="subtle" icon={<AddRegular />} onClick={() => onZoom(1)} />
      </Tooltip>
    </div>
  )
}

/** When photos are refreshed by themselves; nothing where they are not, or while something is being asked. */
function NextRefresh() {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const nextMs = useNextRefresh()
  const isBusy = useJobs().some(({ state }) => isUnderWay(state))
  if (nextMs === null || isBusy) return null
  return (
    <Text size={200} className={styles.counts} data-status="refresh">
      {t('status.nextRefresh', { time: formats.dateTime(nextMs) })}
    </Text>
  )
}

/** Shown, selected and known; active filters with one reset; progress with cancel; the size slider. */
export function StatusBar(props: StatusBarProps) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const link = useLinkState()
  const running = useJobs().filter(({ state }) => isUnderWay(state))
  return (
    <Landmark as="footer" className={styles.bar}>
      <Text size={200} className={styles.counts} data-status="counts">
        {t('status.counts', {
          shown: formats.number(props.shown),
          selected: formats.number(props.selected),
          known: formats.number(props.known),
        })}
      </Text>
      {props.filters > 0 && (
        <div className={styles.filters}>
          <Text size={200}>{t('status.filters', { count: props.filters })}</Text>
          <Button size="small" appearance="subtle" icon={<FilterDismissRegular />} onClick={props.onResetFilters}>
            {t('status.reset')}
          </Button>
        </div>
      )}
      {link === 'lost' && (
        <Text size={200} className={styles.lost}>
          <PlugDisconnectedRegular aria-hidden="true" /> {t('status.linkLost')}
        </Text>
      )}
      <div className={styles.space} />
      <NextRefresh />
      {running.slice(0, 2).map((job) => (
        <JobStrip key={job.id} job={job} />
      ))}
      <ZoomSlider {...props} />
    </Landmark>
  )
}

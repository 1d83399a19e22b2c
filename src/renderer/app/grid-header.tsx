import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components'
import { ArrowSyncRegular } from '@fluentui/react-icons'
import { useTranslation } from 'react-i18next'
import type { PeopleRowsFacts } from '../api/people-rows.ts'
import { useFormats } from '../ui/use-formats.ts'
import type { ServerSearch } from './use-server-search.ts'
import type { ViewState } from './use-view-state.ts'
import { ViewControls } from './view-controls.tsx'

const useStyles = makeStyles({
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    minHeight: '40px',
    '@media (max-height: 450px)': { minHeight: '32px' },
    padding: `0 ${tokens.spacingHorizontalM} 0 ${tokens.spacingHorizontalL}`,
    flexShrink: 0,
  },
  words: {
    flexGrow: 1,
    minWidth: 0,
    display: 'flex',
    alignItems: 'baseline',
    gap: tokens.spacingHorizontalS,
    overflow: 'hidden',
  },
  total: { whiteSpace: 'nowrap' },
  server: {
    color: tokens.colorNeutralForeground3,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
})

/** What the grid shows, whether that is all there is, and in what order. */
export function GridHeader(props: {
  rows: PeopleRowsFacts
  server: ServerSearch
  isSearching: boolean
  /** Filters or a scope keep people out whom the search finds. */
  isNarrowed: boolean
  /** Instead of people there is something that says why there are none, and nothing else is to be said. */
  isEmpty: boolean
  isDirectoryComplete: boolean
  view: ViewState
  onShowNewer: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const { rows, server } = props
  const serverWords = () => {
    if (!props.isSearching) return ''
    if (server.kind === 'answered' && !server.isComplete) return t('server.firstHundred')
    if (server.kind === 'failed') return t('server.failed')
    if (props.isNarrowed) return ''
    if (server.kind === 'answered') return t('server.complete')
    return server.kind === 'idle' && props.isDirectoryComplete ? t('server.libraryIsComplete') : ''
  }
  return (
    <div className={styles.head}>
      <div className={styles.words}>
        {!props.isEmpty && (
          <>
            <Text weight="semibold" className={styles.total}>
              {t(props.isSearching ? 'grid.found' : 'grid.people', {
                count: rows.total,
                people: formats.number(rows.total),
              })}
            </Text>
            {server.kind === 'asking' && <Spinner size="extra-tiny" label={t('server.asking')} />}
            <Text size={200} className={styles.server} title={serverWords()}>
              {serverWords()}
            </Text>
          </>
        )}
      </div>
      {rows.hasNewerOrder && (
        <Button
          size="small"
          appearance="primary"
          shape="circular"
          icon={<ArrowSyncRegular />}
          onClick={props.onShowNewer}
        >
          {t('grid.showNewer')}
        </Button>
      )}
      <ViewControls view={props.view} />
    </div>
  )
}

import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { FilterDismissRegular } from '@fluentui/react-icons'
import { useTranslation } from 'react-i18next'
import type { PeopleFilter, PeopleQuery } from '../../shared/people.ts'
import { useChipCounts } from '../api/queries.ts'
import { countFilters, FilterPanel } from '../features/audit/filter-panel.tsx'
import { ResizablePanel } from '../ui/resizable-panel.tsx'
import { useStays } from '../ui/use-stays.ts'
import { DirectoryCard } from './directory-card.tsx'

/** How long people must have been there before they are counted, ms: whoever types on has no use for the counts. */
const COUNT_AFTER_MS = 150

const useStyles = makeStyles({
  panel: { backgroundColor: tokens.colorNeutralBackground2 },
  head: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    minHeight: '40px',
    padding: `0 ${tokens.spacingHorizontalS} 0 ${tokens.spacingHorizontalM}`,
  },
  body: { flexGrow: 1, minHeight: 0, overflowY: 'auto', '@media (max-height: 450px)': { overflowY: 'visible' } },
  // In a low window all of it scrolls; else the directory's state stays where it is.
  all: {
    flexGrow: 1,
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    '@media (max-height: 450px)': { display: 'block', overflowY: 'auto' },
  },
})

/** Filters with counts, and the state of the directory. */
export function SidePanel(props: {
  query: PeopleQuery
  /** The people of the query are on their way. */
  isLoading: boolean
  onFilter: (filter: PeopleFilter) => void
  onReset: () => void
  canRead: boolean
  onError: (thrown: unknown) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const counts = useChipCounts(props.query, useStays(!props.isLoading, COUNT_AFTER_MS))
  const { filter } = props.query
  return (
    <ResizablePanel
      name="filters"
      edge="end"
      defaultPx={240}
      minPx={180}
      maxPx={400}
      label={t('filters.panel')}
      splitterLabel={t('filters.splitter')}
      className={styles.panel}
    >
      <div className={styles.all}>
        <div className={styles.head}>
          <Text as="h2" weight="semibold">
            {t('filters.title')}
          </Text>
          {countFilters(filter) > 0 && (
            <Button size="small" appearance="transparent" icon={<FilterDismissRegular />} onClick={props.onReset}>
              {t('filters.reset')}
            </Button>
          )}
        </div>
        <div className={styles.body}>
          <FilterPanel filter={filter} counts={counts} onChange={props.onFilter} />
        </div>
        <DirectoryCard canRead={props.canRead} onError={props.onError} />
      </div>
    </ResizablePanel>
  )
}

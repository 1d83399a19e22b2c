import { makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionStatus } from '../../shared/connections.ts'
import type { AppInfo } from '../../shared/contract/app.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { useEngine } from '../api/engine-context.tsx'
import { useDirectoryStatus, useJobs, usePeopleRows } from '../api/queries.ts'
import { countFilters } from '../features/audit/filter-panel.tsx'
import { AccountMenu } from '../features/connect/account-menu.tsx'
import { ConnectionBars } from '../features/connect/connection-bars.tsx'
import type { PeopleGridHandle } from '../features/grid/people-grid.tsx'
import { PeopleGrid } from '../features/grid/people-grid.tsx'
import { PersonCard } from '../features/person/person-card.tsx'
import { useAnnounce } from '../ui/announcer.tsx'
import { ResizablePanel } from '../ui/resizable-panel.tsx'
import { useMedia } from '../ui/use-media.ts'
import { EmptyGrid, emptyReason } from './empty-grid.tsx'
import { GridHeader } from './grid-header.tsx'
import type { GridMenuRequest } from './grid-menu.tsx'
import { GridMenu } from './grid-menu.tsx'
import { SidePanel } from './side-panel.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useNotices } from './use-job-notices.tsx'
import { usePersonCard } from './use-person-card.ts'
import { useSelection } from './use-selection.ts'
import { useServerSearch } from './use-server-search.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useTileSize } from './use-tile-size.ts'
import { useViewState } from './use-view-state.ts'
import type { OpenDialog } from './window-dialogs.tsx'
import { WindowDialogs } from './window-dialogs.tsx'

/** Below this width the filters make room for an open person card. */
const NARROW = '(max-width: 1099px)'
/** How long results must stay before they are spoken, ms. */
const SPEAK_AFTER_MS = 800
const DEFAULT_TILE_PX = 112

const useStyles = makeStyles({
  window: {
    display: 'flex',
    flexDirection: 'column',
    height: '100%',
    minWidth: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
  },
  middle: { flexGrow: 1, minHeight: 0, display: 'flex', minWidth: 0 },
  main: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column' },
  grid: { flexGrow: 1, minHeight: 0, position: 'relative' },
  card: { backgroundColor: tokens.colorNeutralBackground1 },
})

/** Says how many people are shown once that has settled. */
function useSpokenTotal(total: number, isSettled: boolean): void {
  const { t } = useTranslation()
  const announce = useAnnounce()
  useEffect(() => {
    if (!isSettled) return
    const timer = setTimeout(() => announce(t('grid.people', { count: total, people: String(total) })), SPEAK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [total, isSettled, announce, t])
}

/** The window a person lives in: bar, filters, grid, person card, status bar. */
export function MainWindow({ info, status }: { info: AppInfo; status: ConnectionStatus }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { client, rows: rowStore } = useEngine()
  const accountAddress = status.account?.address ?? null
  const isOnline = status.state === 'online'
  const view = useViewState()
  const { query } = view
  const rows = usePeopleRows()
  const chosen = useSelection(rows, accountAddress)
  const { tilePx, setTilePx, zoomBy } = useTileSize()
  const { isRound } = view
  const server = useServerSearch(query.text, isOnline, accountAddress)
  const directory = useDirectoryStatus()
  const isReading = useJobs().some(({ kind, state }) => kind === 'read-directory' && state === 'running')
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const [wantsFilters, setWantsFilters] = useState(true)
  const [menu, setMenu] = useState<GridMenuRequest | null>(null)
  const grid = useRef<PeopleGridHandle>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const card = usePersonCard(grid, accountAddress)
  const isNarrow = useMedia(NARROW)
  const hasFilters = wantsFilters && !(isNarrow && card.opened !== null)
  const filters = countFilters(query.filter)
  const isSearching = query.text.trim() !== ''
  useSpokenTotal(rows.total, !rows.isLoading)

  useEffect(() => rowStore.setQuery(query), [rowStore, query])

  const notices = useNotices({
    isQuiet: (job) => job.kind === 'export' && dialog?.kind === 'export',
    onShowFailures: (job) => setDialog({ kind: 'failures', job }),
  })
  const run = (call: Promise<unknown>) => void call.catch(notices.fail)

  const openExport = () => setDialog({ kind: 'export', choices: chosen.scopeChoices() })
  const openAudit = () => setDialog({ kind: 'audit', choices: chosen.scopeChoices() })
  const openConnect = () => setDialog({ kind: 'connect' })
  const exportOne = (address: SmtpAddress) =>
    setDialog({
      kind: 'export',
      choices: [{ key: 'selected', count: 1, scope: { of: { kind: 'addresses', addresses: [address] }, except: [] } }],
    })
  const copyAddresses = async () => {
    const addresses = await chosen.listAddresses()
    await navigator.clipboard.writeText(addresses.join('\r\n'))
    notices.say(t('menu.copied', { count: addresses.length }))
  }
  const stepBack = () => {
    if (document.activeElement === searchBox.current) {
      view.setText('')
      grid.current?.focusActive()
    } else if (card.opened !== null) card.close()
    else grid.current?.selectNone()
  }
  const signIn = () => {
    const { account } = status
    if (account === null) return openConnect()
    setDialog({ kind: 'connect', form: { address: account.address, userName: account.userName, auth: account.auth } })
  }
  useShortcuts({
    search: () => searchBox.current?.select(),
    showKeys: () => setDialog({ kind: 'keys' }),
    selectAll: () => grid.current?.selectAll(),
    selectNone: () => grid.current?.selectNone(),
    invertSelection: () => grid.current?.invertSelection(),
    zoomIn: () => zoomBy(1),
    zoomOut: () => zoomBy(-1),
    zoomReset: () => setTilePx(DEFAULT_TILE_PX),
    exportPhotos: openExport,
    checkPhotos: openAudit,
    toggleFilters: () => setWantsFilters(!wantsFilters),
    showSettings: () => setDialog({ kind: 'settings' }),
    escape: stepBack,
  })

  const empty = emptyReason({
    isConnected: status.account !== null,
    isOnline: isOnline || status.state === 'connecting',
    hasAnswer: rows.query !== null,
    isReading,
    isSearching,
    isAskingServer: server.kind === 'asking',
    known: rows.known,
    total: rows.total,
    filters,
  })
  return (
    <div className={styles.window}>
      <TopBar
        text={query.text}
        onText={view.setText}
        searchRef={searchBox}
        onToGrid={() => grid.current?.focusActive()}
        hasFilters={hasFilters}
        onToggleFilters={() => setWantsFilters(!wantsFilters)}
        canWork={status.account !== null && rows.known > 0}
        onCheck={openAudit}
        onExport={openExport}
        onSettings={() => setDialog({ kind: 'settings' })}
        onKeys={() => setDialog({ kind: 'keys' })}
        account={<AccountMenu onConnect={openConnect} onError={notices.fail} />}
      />
      <ConnectionBars status={status} onConnect={openConnect} onSignIn={signIn} />
      <div className={styles.middle}>
        {hasFilters && status.account !== null && (
          <SidePanel
            query={query}
            onFilter={view.setFilter}
            onReset={view.resetFilters}
            canRead={isOnline}
            onError={notices.fail}
          />
        )}
        <main className={styles.main}>
          {status.account !== null && (
            <GridHeader
              rows={rows}
              server={server}
              isSearching={isSearching}
              isDirectoryComplete={directory?.state === 'complete'}
              view={view}
              onShowNewer={() => rowStore.showNewerOrder()}
            />
          )}
          <div className={styles.grid}>
            {empty === null ? (
              <PeopleGrid
                ref={grid}
                rows={rows}
                selection={chosen.selection}
                onSelectionChange={chosen.set}
                view={view.view}
                order={{ sort: query.sort, isDescending: view.isDescending, onSort: view.setOrder }}
                onQuickLook={() => undefined}
                tilePx={tilePx}
                isRound={isRound}
                photoBase={info.photoBase}
                isAsking={isOnline}
                onOpen={card.open}
                onActiveChange={card.follow}
                onZoom={zoomBy}
                onMenu={(address, at) => setMenu({ address, at })}
              />
            ) : (
              <EmptyGrid
                reason={empty}
                text={query.text.trim()}
                onConnect={openConnect}
                onDemo={() => run(client.connections.useDemo())}
                onRetry={() => run(client.connections.retry())}
                onRead={() => run(client.people.startReadDirectory())}
                onSearch={() => searchBox.current?.focus()}
                onClearText={() => view.setText('')}
                onReset={view.resetFilters}
              />
            )}
          </div>
        </main>
        {card.opened !== null && (
          <ResizablePanel
            name="person"
            edge="start"
            defaultPx={400}
            minPx={320}
            maxPx={760}
            label={t('person.panel')}
            splitterLabel={t('person.splitter')}
            className={styles.card}
          >
            <PersonCard
              address={card.opened}
              photoBase={info.photoBase}
              isRound={isRound}
              onClose={card.close}
              onExport={exportOne}
            />
          </ResizablePanel>
        )}
      </div>
      <StatusBar
        shown={rows.total}
        selected={chosen.count}
        known={rows.known}
        filters={filters}
        onResetFilters={view.resetFilters}
        tilePx={tilePx}
        onTilePx={setTilePx}
        onZoom={zoomBy}
      />
      {menu !== null && (
        <GridMenu
          request={menu}
          selected={chosen.count}
          onClose={() => setMenu(null)}
          onOpen={card.open}
          onCopyAddresses={() => run(copyAddresses())}
          onExport={openExport}
          onCheck={openAudit}
          onSelectAll={() => grid.current?.selectAll()}
          onInvert={() => grid.current?.invertSelection()}
        />
      )}
      <WindowDialogs
        dialog={dialog}
        onClose={() => setDialog(null)}
        onConnected={() => setDialog(null)}
        onCsvSaved={({ file, rows: saved }) =>
          notices.say(t('audit.saved'), t('audit.savedText', { file, count: saved }))
        }
      />
    </div>
  )
}

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionStatus } from '../../shared/connections.ts'
import type { AppInfo } from '../../shared/contract/app.ts'
import { isUnderWay } from '../../shared/jobs.ts'
import type { PeopleQuery } from '../../shared/people.ts'
import { useEngine } from '../api/engine-context.tsx'
import { useJobs, usePeopleFacts } from '../api/queries.ts'
import { isSameQuery } from '../api/same-rows.ts'
import { useServerPause } from '../api/use-server-pause.ts'
import { countFilters } from '../features/audit/filter-panel.tsx'
import { AccountMenu } from '../features/connect/account-menu.tsx'
import { ConnectionBars } from '../features/connect/connection-bars.tsx'
import type { PeopleGridHandle } from '../features/grid/people-grid.tsx'
import { InterruptedBar } from '../features/library/interrupted-bar.tsx'
import { COMPARED } from '../features/person/compare-dialog.tsx'
import { PersonCard } from '../features/person/person-card.tsx'
import { ScopeMenu } from '../features/scopes/scope-menu.tsx'
import { useAnnounce } from '../ui/announcer.tsx'
import { ResizablePanel } from '../ui/resizable-panel.tsx'
import { useMedia } from '../ui/use-media.ts'
import { emptyReason, emptyTitle } from './empty-reason.ts'
import type { GridMenuRequest } from './grid-menu.tsx'
import { GridMenu } from './grid-menu.tsx'
import { PauseBar } from './pause-bar.tsx'
import { PeoplePane } from './people-pane.tsx'
import { SidePanel } from './side-panel.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { usePersonCard } from './use-person-card.ts'
import { useSelection } from './use-selection.ts'
import { useServerSearch } from './use-server-search.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useTileSize } from './use-tile-size.ts'
import { useViewState } from './use-view-state.ts'
import { useWindowCommands } from './use-window-commands.ts'
import { useWindowScopes } from './use-window-scopes.ts'

/** Below this width the filters make room for an open person card. */
const NARROW = '(max-width: 1099px)'
/** Below this one, as at 200 % zoom, there are no filters unless asked for, and an open person card covers the people. */
const TIGHT = '(max-width: 699px)'
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
  bars: { display: 'flex', flexDirection: 'column', gap: '1px', flexShrink: 0 },
  middle: { flexGrow: 1, minHeight: 0, display: 'flex', minWidth: 0, position: 'relative' },
  card: { backgroundColor: tokens.colorNeutralBackground1 },
  covering: { position: 'absolute', inset: 0, zIndex: 3, minWidth: '100%' },
})

/** Asks for the people of a query; of the first one before anything is drawn, so that the answer is on its way meanwhile. */
function useAskedPeople(query: PeopleQuery): void {
  const { rows } = useEngine()
  useState(() => rows.setQuery(query))
  useEffect(() => rows.setQuery(query), [rows, query])
}

/** When the faces are there and the page has nothing else to do (ms). Whoever asks for a dialog before gets it then. */
const DIALOGS_AFTER_MS = 2_000

/** A sixth of the page's code, and none of what it begins with. */
const loadDialogs = () => import('./window-dialogs.tsx')
const WindowDialogs = lazy(async () => ({ default: (await loadDialogs()).WindowDialogs }))

/** Has the dialogs at hand before one is asked for, once there is something to see. */
function useDialogsAtHand(isShown: boolean): void {
  useEffect(() => {
    if (!isShown) return
    const timer = setTimeout(loadDialogs, DIALOGS_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isShown])
}

/** Says how many people are shown, or why there are none, once that has settled. */
function useSpoken(words: string, isSettled: boolean): void {
  const announce = useAnnounce()
  useEffect(() => {
    if (!isSettled) return
    const timer = setTimeout(() => announce(words), SPEAK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [words, isSettled, announce])
}

/** The window a person lives in: bar, filters, people, person card, status bar. */
export function MainWindow({ info, status }: { info: AppInfo; status: ConnectionStatus }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { rows: rowStore } = useEngine()
  const accountAddress = status.account?.address ?? null
  const hasAccount = accountAddress !== null
  const isOnline = status.state === 'online'
  const view = useViewState()
  const { query } = view
  useAskedPeople(query)
  const rows = usePeopleFacts()
  const chosen = useSelection(rows, accountAddress)
  const { tilePx, setTilePx, zoomBy } = useTileSize()
  const { server, askAgain } = useServerSearch(query.text, isOnline, accountAddress)
  const isPaused = useServerPause() !== null
  const isReading = useJobs().some(({ kind, state }) => kind === 'read-directory' && isUnderWay(state))
  const [wantsFilters, setWantsFilters] = useState<boolean | null>(null)
  const [menu, setMenu] = useState<GridMenuRequest | null>(null)
  const grid = useRef<PeopleGridHandle>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const card = usePersonCard(grid, accountAddress)
  const commands = useWindowCommands({ status, chosen, grid, card, photoBase: info.photoBase })
  const { openDialog, undo } = commands
  const scopes = useWindowScopes({ accountAddress, view, chosen, commands })
  const isNarrow = useMedia(NARROW)
  const isTight = useMedia(TIGHT)
  const hasFilters = (wantsFilters ?? !isTight) && !(isNarrow && card.opened !== null)
  const filters = countFilters(query.filter)
  const toggleFilters = () => setWantsFilters(!hasFilters)
  const resetFilters = () => {
    const { filter } = query
    undo.remember(t('undo.filters'), () => view.setFilter(filter))
    view.resetFilters()
  }
  useDialogsAtHand(!hasAccount || rows.query !== null)
  const search = (text: string) => {
    // Asked for before anything is drawn: the answer is on its way meanwhile.
    rowStore.setQuery({ ...query, text })
    view.setText(text)
  }

  const stepBack = () => {
    if (document.activeElement === searchBox.current) {
      view.setText('')
      grid.current?.focusActive()
    } else if (card.opened !== null) card.close()
    else commands.selectNone()
  }
  useShortcuts({
    ...commands,
    search: () => searchBox.current?.select(),
    showKeys: () => openDialog({ kind: 'keys' }),
    showSettings: () => openDialog({ kind: 'settings' }),
    undo: undo.undoLast,
    zoomIn: () => zoomBy(1),
    zoomOut: () => zoomBy(-1),
    zoomReset: () => setTilePx(DEFAULT_TILE_PX),
    toggleFilters,
    toggleTable: () => view.setView(view.view === 'table' ? 'faces' : 'table'),
    escape: stepBack,
  })

  const empty = emptyReason({
    isConnected: hasAccount,
    isOnline: isOnline || status.state === 'connecting',
    hasAnswer: rows.query !== null,
    isReading,
    isSearching: query.text.trim() !== '',
    isAskingServer: server.kind === 'asking' || status.state === 'connecting',
    couldAskServer: isOnline && server.kind !== 'failed',
    known: rows.known,
    total: rows.total,
    filters,
    isScoped: query.scopeId !== undefined,
    isSignedOut: status.state === 'signed-out',
    isPaused,
  })
  const gridMenu = menu !== null && (
    <GridMenu
      request={menu}
      selected={chosen.count}
      canCompare={chosen.count >= COMPARED.least && chosen.count <= COMPARED.most}
      isOnline={isOnline}
      commands={commands}
      onClose={() => setMenu(null)}
    />
  )
  useSpoken(
    empty === null
      ? t('grid.people', { count: rows.total, people: String(rows.total) })
      : t(`empty.${emptyTitle(empty, query.text)}`, { text: query.text.trim() }),
    !rows.isLoading,
  )
  return (
    <div className={styles.window}>
      <TopBar
        text={query.text}
        onText={search}
        searchRef={searchBox}
        onToGrid={() => grid.current?.focusActive()}
        hasFilters={hasFilters}
        onToggleFilters={toggleFilters}
        canWork={hasAccount && rows.known > 0}
        onCheck={commands.checkPhotos}
        onExport={commands.exportPhotos}
        onSettings={() => openDialog({ kind: 'settings' })}
        onKeys={() => openDialog({ kind: 'keys' })}
        scope={<ScopeMenu {...scopes.menu} />}
        account={<AccountMenu onConnect={commands.connect} onError={commands.fail} />}
      />
      <section className={styles.bars} aria-label={t('banner.label')}>
        <ConnectionBars status={status} onConnect={commands.connect} onSignIn={commands.signIn} />
        {hasAccount && <InterruptedBar canAsk={isOnline} onError={commands.fail} />}
        <PauseBar onAskLess={() => openDialog({ kind: 'settings', page: 'library' })} />
      </section>
      <div className={styles.middle}>
        {hasFilters && hasAccount && (
          <SidePanel
            query={query}
            isLoading={!isSameQuery(rows.query, query) && rows.error === null}
            onFilter={view.setFilter}
            onReset={resetFilters}
            canRead={isOnline}
            onError={commands.fail}
          />
        )}
        <PeoplePane
          gridRef={grid}
          {...{ empty, rows, view, server, chosen, commands, tilePx, hasAccount, isOnline }}
          isNarrowed={filters > 0 || query.scopeId !== undefined}
          onAskServerAgain={askAgain}
          photoBase={info.photoBase}
          isCovered={isTight && card.opened !== null}
          onZoom={zoomBy}
          onActiveChange={card.follow}
          onMenu={setMenu}
          menu={gridMenu}
          onLeaveScope={scopes.leave}
          onResetFilters={resetFilters}
          onSearch={() => searchBox.current?.focus()}
        />
        {card.opened !== null && (
          <ResizablePanel
            name="person"
            edge="start"
            defaultPx={400}
            minPx={320}
            maxPx={760}
            label={t('person.panel')}
            splitterLabel={t('person.splitter')}
            className={mergeClasses(styles.card, isTight && styles.covering)}
          >
            <PersonCard
              address={card.opened}
              photoBase={info.photoBase}
              isRound={view.isRound}
              onClose={card.close}
              onExport={commands.exportOne}
              onCopyPicture={commands.copyPictureOf}
              onCompareVersions={commands.compareVersions}
              onFindingStep={commands.tellFindingStep}
            />
          </ResizablePanel>
        )}
      </div>
      <StatusBar
        shown={rows.total}
        selected={chosen.count}
        known={rows.known}
        filters={filters}
        onResetFilters={resetFilters}
        tilePx={tilePx}
        onTilePx={setTilePx}
        onZoom={zoomBy}
      />
      {commands.dialog !== null && (
        <Suspense>
          <WindowDialogs {...{ commands, scopes, grid, chosen }} photoBase={info.photoBase} isRound={view.isRound} />
        </Suspense>
      )}
    </div>
  )
}

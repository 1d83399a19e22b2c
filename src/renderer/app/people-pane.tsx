import { makeStyles } from '@fluentui/react-components'
import type { ReactNode, Ref } from 'react'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { useEngine } from '../api/engine-context.tsx'
import type { PeopleRowsFacts } from '../api/people-rows.ts'
import { useDirectoryStatus } from '../api/queries.ts'
import type { PeopleGridHandle } from '../features/grid/people-grid.tsx'
import { PeopleGrid } from '../features/grid/people-grid.tsx'
import { useFlight } from '../features/grid/use-grid-scroll.ts'
import { Landmark } from '../ui/landmark.tsx'
import { EmptyGrid } from './empty-grid.tsx'
import type { EmptyReason } from './empty-reason.ts'
import { GridHeader } from './grid-header.tsx'
import type { GridMenuRequest } from './grid-menu.tsx'
import type { SelectionState } from './use-selection.ts'
import type { ServerSearch } from './use-server-search.ts'
import type { ViewState } from './use-view-state.ts'
import type { WindowCommands } from './use-window-commands.ts'

const useStyles = makeStyles({
  main: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column' },
  grid: { flexGrow: 1, minHeight: 0, position: 'relative' },
})

/** The people, or why there are none; over them how many there are and how they are shown. */
export function PeoplePane(props: {
  gridRef: Ref<PeopleGridHandle>
  empty: EmptyReason | null
  rows: PeopleRowsFacts
  view: ViewState
  server: ServerSearch
  chosen: SelectionState
  commands: WindowCommands
  tilePx: number
  photoBase: string
  hasAccount: boolean
  isOnline: boolean
  isNarrowed: boolean
  onAskServerAgain: () => void
  /** Something lies over all of it. */
  isCovered: boolean
  onZoom: (steps: number) => void
  onActiveChange: (address: SmtpAddress) => void
  onMenu: (request: GridMenuRequest) => void
  menu: ReactNode
  onSearch: () => void
  onLeaveScope: () => void
  onResetFilters: () => void
}) {
  const styles = useStyles()
  const { client, rows: rowStore } = useEngine()
  const directory = useDirectoryStatus()
  const flight = useFlight()
  const { view, rows, commands } = props
  const { query } = view
  const text = query.text.trim()
  /** The button that was pressed goes away, and the focus must not go with it. */
  const andSearch = (work: () => void) => () => {
    work()
    props.onSearch()
  }
  return (
    <Landmark as="main" className={styles.main} aria-busy={rows.isLoading} inert={props.isCovered}>
      {props.hasAccount && (
        <GridHeader
          rows={rows}
          server={props.server}
          isSearching={text !== ''}
          isNarrowed={props.isNarrowed}
          isEmpty={props.empty !== null}
          isDirectoryComplete={directory?.state === 'complete'}
          view={view}
          onShowNewer={() => rowStore.showNewerOrder()}
        />
      )}
      <div className={styles.grid}>
        {props.empty === null ? (
          <PeopleGrid
            ref={props.gridRef}
            flight={flight}
            selection={props.chosen.selection}
            onSelectionChange={props.chosen.set}
            view={view.view}
            order={{ sort: query.sort, isDescending: view.isDescending, onSort: view.setOrder }}
            tilePx={props.tilePx}
            isRound={view.isRound}
            photoBase={props.photoBase}
            isAsking={props.isOnline}
            onOpen={commands.open}
            onQuickLook={commands.quickLook}
            onActiveChange={props.onActiveChange}
            onZoom={props.onZoom}
            onMenu={(address, index, at) => props.onMenu({ address, index, at })}
          />
        ) : (
          <EmptyGrid
            reason={props.empty}
            text={text}
            wasServerAsked={props.server.kind === 'answered'}
            onAskServerAgain={props.isOnline ? props.onAskServerAgain : () => commands.run(client.connections.retry())}
            onConnect={commands.connect}
            onDemo={() => commands.run(client.connections.useDemo())}
            onRetry={() => commands.run(client.connections.retry())}
            onRead={() => commands.run(client.people.startReadDirectory())}
            onSearch={props.onSearch}
            onSignIn={commands.signIn}
            onAskLess={() => commands.openDialog({ kind: 'settings', page: 'library' })}
            onLeaveScope={andSearch(props.onLeaveScope)}
            onClearText={andSearch(() => view.setText(''))}
            onReset={andSearch(props.onResetFilters)}
          />
        )}
      </div>
      {props.menu}
    </Landmark>
  )
}

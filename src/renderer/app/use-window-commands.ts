import type { RefObject } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account, ConnectionStatus } from '../../shared/connections.ts'
import { LARGEST_SIZE_CODE, TILE_SIZE_CODE } from '../../shared/size-codes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { useEngine } from '../api/engine-context.tsx'
import type { ConnectForm } from '../features/connect/connect-form.ts'
import type { PeopleGridHandle } from '../features/grid/people-grid.tsx'
import { toScope } from '../features/grid/selection.ts'
import { COMPARED } from '../features/person/compare-dialog.tsx'
import type { GridCommands } from './grid-menu.tsx'
import type { OpenDialog } from './open-dialog.ts'
import { useNotices } from './use-job-notices.tsx'
import type { PersonCardState } from './use-person-card.ts'
import type { SelectionState } from './use-selection.ts'

/** Everything that can be asked of the window, and the dialog that is open. */
export interface WindowCommands extends GridCommands {
  readonly dialog: OpenDialog | null
  readonly openDialog: (dialog: OpenDialog | null) => void
  readonly connect: () => void
  readonly signIn: () => void
  readonly exportOne: (address: SmtpAddress) => void
  readonly say: (title: string, body?: string) => void
  readonly fail: (thrown: unknown) => void
  /** Says what was done, with the way to have it back. */
  readonly offerUndo: (title: string, undo: () => void) => void
  /** Makes a call, and says what went wrong. */
  readonly run: (call: Promise<unknown>) => void
}

/** The commands of the window. */
export function useWindowCommands(parts: {
  status: ConnectionStatus
  chosen: SelectionState
  grid: RefObject<PeopleGridHandle | null>
  card: PersonCardState
}): WindowCommands {
  const { t } = useTranslation()
  const { client } = useEngine()
  const { status, chosen, grid, card } = parts
  const [dialog, openDialog] = useState<OpenDialog | null>(null)
  const { say, fail, offerUndo } = useNotices({
    isQuiet: (job) => job.kind === 'export' && dialog?.kind === 'export',
    onShowFailures: (job) => openDialog({ kind: 'failures', job }),
  })
  const run = (call: Promise<unknown>) => void call.catch(fail)
  const connect = () => openDialog({ kind: 'connect' })

  async function copyAddresses(): Promise<void> {
    const addresses = await chosen.listAddresses()
    if (addresses.length === 0) return
    await navigator.clipboard.writeText(addresses.join('\r\n'))
    say(t('menu.copied', { count: addresses.length }))
  }
  async function compare(): Promise<void> {
    if (chosen.count < COMPARED.least || chosen.count > COMPARED.most) return say(t('compare.howMany'))
    openDialog({ kind: 'compare', addresses: await chosen.listAddresses() })
  }
  function refreshPhotos(): void {
    if (chosen.count === 0) return
    run(client.photos.startSync({ scope: toScope(chosen.selection), sizeCodes: [TILE_SIZE_CODE, LARGEST_SIZE_CODE] }))
  }
  function signIn(): void {
    const { account } = status
    openDialog({ kind: 'connect', ...(account && { form: formOf(account) }) })
  }
  return {
    dialog,
    openDialog,
    connect,
    signIn,
    say,
    fail,
    offerUndo,
    run,
    open: card.open,
    quickLook: (index) => openDialog({ kind: 'look', index }),
    compare: () => run(compare()),
    copyAddresses: () => run(copyAddresses()),
    refreshPhotos,
    exportPhotos: () => openDialog({ kind: 'export', choices: chosen.scopeChoices() }),
    exportOne: (address) => {
      const scope = { of: { kind: 'addresses' as const, addresses: [address] }, except: [] }
      openDialog({ kind: 'export', choices: [{ key: 'selected', count: 1, scope }] })
    },
    checkPhotos: () => openDialog({ kind: 'audit', choices: chosen.scopeChoices() }),
    selectAll: () => grid.current?.selectAll(),
    selectNone: () => grid.current?.selectNone(),
    invertSelection: () => grid.current?.invertSelection(),
  }
}

/** Signing in again by token is about the server that is known; a password may as well be about a moved mailbox. */
function formOf({ address, userName, auth, ewsUrl }: Account): Partial<ConnectForm> {
  return { address, userName, auth, ...(auth === 'bearer' && { ewsUrl }) }
}

import type { RefObject } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account, ConnectionStatus } from '../../shared/connections.ts'
import type { PhotoVersion } from '../../shared/photos.ts'
import { LARGEST_SIZE_CODE, TILE_SIZE_CODE } from '../../shared/size-codes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { copyPicture } from '../api/copy-picture.ts'
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
import type { UndoStack } from './use-undo.ts'
import { useUndo } from './use-undo.ts'

/** Everything that can be asked of the window, and the dialog that is open. */
export interface WindowCommands extends GridCommands {
  readonly dialog: OpenDialog | null
  readonly openDialog: (dialog: OpenDialog | null) => void
  readonly connect: () => void
  readonly signIn: () => void
  readonly exportOne: (address: SmtpAddress) => void
  readonly copyPictureOf: (address: SmtpAddress) => void
  readonly compareVersions: (address: SmtpAddress, versions: readonly PhotoVersion[]) => void
  readonly say: (title: string, body?: string) => void
  readonly fail: (thrown: unknown) => void
  readonly undo: UndoStack
  /** Says what was done, with the way to have it back; Ctrl+Z leads there, too. */
  readonly offerUndo: (title: string, undo: () => void) => void
  /** Says that findings were accepted or taken back, with the way to undo it; null: nothing was changed. */
  readonly tellFindingStep: (said: string, step: number | null) => void
  /** Makes a call, and says what went wrong. */
  readonly run: (call: Promise<unknown>) => void
}

/** The commands of the window. */
export function useWindowCommands(parts: {
  status: ConnectionStatus
  chosen: SelectionState
  grid: RefObject<PeopleGridHandle | null>
  card: PersonCardState
  photoBase: string
}): WindowCommands {
  const { t } = useTranslation()
  const engine = useEngine()
  const { client } = engine
  const { status, chosen, grid, card, photoBase } = parts
  const [dialog, openDialog] = useState<OpenDialog | null>(null)
  const undo = useUndo()
  const notices = useNotices({
    isQuiet: (job) => job.kind === 'export' && dialog?.kind === 'export',
    onShowFailures: (job) => openDialog({ kind: 'failures', job }),
  })
  const { say, fail } = notices
  const run = (call: Promise<unknown>) => void call.catch(fail)
  const connect = () => openDialog({ kind: 'connect' })

  async function copyAddresses(): Promise<void> {
    const addresses = await chosen.listAddresses()
    if (addresses.length === 0) return
    await navigator.clipboard.writeText(addresses.join('\r\n'))
    say(t('menu.copied', { count: addresses.length }))
  }
  async function copyPictureOf(address: SmtpAddress): Promise<void> {
    const isCopied = await copyPicture(engine, address, photoBase)
    say(t(isCopied ? 'menu.pictureCopied' : 'menu.noPicture'))
  }
  async function copySelectedPicture(): Promise<void> {
    const [address] = await chosen.listAddresses()
    if (chosen.count !== 1 || address === undefined) return say(t('menu.onePicture'))
    await copyPictureOf(address)
  }
  async function compare(): Promise<void> {
    if (chosen.count < COMPARED.least || chosen.count > COMPARED.most) return say(t('compare.howMany'))
    openDialog({ kind: 'compare', addresses: await chosen.listAddresses() })
  }
  function refreshPhotos(): void {
    if (chosen.count === 0) return
    run(client.photos.startSync({ scope: toScope(chosen.selection), sizeCodes: [TILE_SIZE_CODE, LARGEST_SIZE_CODE] }))
  }
  /** What many clicks have gathered is not lost by one key. */
  function changeSelection(change: () => void): void {
    const { selection } = chosen
    if (chosen.count > 1) undo.remember(t('undo.selection'), () => chosen.set(selection))
    change()
  }
  function signIn(): void {
    const { account } = status
    openDialog({ kind: 'connect', ...(account && { form: formOf(account) }) })
  }
  function offerUndo(title: string, takeBack: () => void): void {
    notices.offerUndo(title, undo.remember(title, takeBack))
  }
  return {
    dialog,
    openDialog,
    connect,
    signIn,
    say,
    fail,
    undo,
    offerUndo,
    tellFindingStep(said, step) {
      if (step === null) say(said)
      else offerUndo(said, () => run(client.audit.undo({ step })))
    },
    run,
    open: card.open,
    quickLook: (index) => openDialog({ kind: 'look', index }),
    compare: () => run(compare()),
    compareVersions: (address, versions) => openDialog({ kind: 'compare-versions', address, versions }),
    copyAddresses: () => run(copyAddresses()),
    copyPicture: () => run(copySelectedPicture()),
    copyPictureOf: (address) => run(copyPictureOf(address)),
    refreshPhotos,
    exportPhotos: () => openDialog({ kind: 'export', choices: chosen.scopeChoices() }),
    exportOne: (address) => {
      const scope = { of: { kind: 'addresses' as const, addresses: [address] }, except: [] }
      openDialog({ kind: 'export', choices: [{ key: 'selected', count: 1, scope }] })
    },
    checkPhotos: () => openDialog({ kind: 'audit', choices: chosen.scopeChoices() }),
    showFindings: () => openDialog({ kind: 'findings', choices: chosen.scopeChoices() }),
    selectAll: () => grid.current?.selectAll(),
    selectNone: () => changeSelection(() => grid.current?.selectNone()),
    invertSelection: () => changeSelection(() => grid.current?.invertSelection()),
  }
}

/** Signing in again by token is about the server that is known; a password may as well be about a moved mailbox. */
function formOf({ address, userName, auth, ewsUrl }: Account): Partial<ConnectForm> {
  return { address, userName, auth, ...(auth === 'bearer' && { ewsUrl }) }
}

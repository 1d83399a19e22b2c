import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleRowsSnapshot } from '../api/people-rows.ts'
import { AuditDialog } from '../features/audit/audit-dialog.tsx'
import { ConnectDialog } from '../features/connect/connect-dialog.tsx'
import { ExportDialog } from '../features/export/export-dialog.tsx'
import type { PeopleGridHandle } from '../features/grid/people-grid.tsx'
import { CompareDialog } from '../features/person/compare-dialog.tsx'
import { QuickLook } from '../features/person/quick-look.tsx'
import { KeysDialog } from '../features/settings/keys-dialog.tsx'
import { SettingsDialog } from '../features/settings/settings-dialog.tsx'
import { FailuresDialog } from './failures-dialog.tsx'
import { ScopeDialogs } from './scope-dialogs.tsx'
import type { WindowCommands } from './use-window-commands.ts'
import type { WindowScopes } from './use-window-scopes.ts'

interface DialogParts {
  readonly scopes: WindowScopes
  readonly commands: WindowCommands
  readonly grid: RefObject<PeopleGridHandle | null>
  readonly rows: PeopleRowsSnapshot
  readonly photoBase: string
  readonly isRound: boolean
  /** Whoever is looked at becomes the selected one; not when several are selected, which then stay so. */
  readonly isSelectionMoved: boolean
}

/** The large view, which the grid behind it follows. */
function LookAt({ index, ...parts }: DialogParts & { index: number }) {
  const { commands, grid, rows } = parts
  const row = rows.rowAt(index)
  const close = () => {
    commands.openDialog(null)
    grid.current?.focusActive()
  }
  return (
    <QuickLook
      row={row}
      index={index}
      total={rows.total}
      photoBase={parts.photoBase}
      isRound={parts.isRound}
      onMove={(next) => {
        grid.current?.show(next, parts.isSelectionMoved)
        commands.quickLook(next)
      }}
      onOpen={() => {
        close()
        if (row !== null) commands.open(row.address)
      }}
      onClose={close}
    />
  )
}

/** Shows the dialog that is open. */
export function WindowDialogs(props: DialogParts) {
  const { t } = useTranslation()
  const { commands } = props
  const { dialog } = commands
  const onClose = () => commands.openDialog(null)
  switch (dialog?.kind) {
    case undefined:
      return null
    case 'connect':
      return <ConnectDialog {...(dialog.form && { firstForm: dialog.form })} onClose={onClose} onConnected={onClose} />
    case 'export':
      return <ExportDialog choices={dialog.choices} onClose={onClose} />
    case 'audit':
      return (
        <AuditDialog
          choices={dialog.choices}
          onClose={onClose}
          onSaved={({ file, rows }) => commands.say(t('audit.saved'), t('audit.savedText', { file, count: rows }))}
        />
      )
    case 'settings':
      return <SettingsDialog onClose={onClose} />
    case 'keys':
      return <KeysDialog onClose={onClose} />
    case 'failures':
      return <FailuresDialog job={dialog.job} onClose={onClose} />
    case 'bring-list':
    case 'expand-list':
    case 'keep-scope':
    case 'rename-scope':
      return <ScopeDialogs commands={commands} scopes={props.scopes} />
    case 'look':
      return <LookAt {...props} index={dialog.index} />
    case 'compare':
      return (
        <CompareDialog
          addresses={dialog.addresses}
          photoBase={props.photoBase}
          isRound={props.isRound}
          onClose={onClose}
        />
      )
  }
}

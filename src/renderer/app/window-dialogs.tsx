import type { Job } from '../../shared/jobs.ts'
import type { ScopeChoice } from '../api/scope-choices.ts'
import { AuditDialog } from '../features/audit/audit-dialog.tsx'
import { ConnectDialog } from '../features/connect/connect-dialog.tsx'
import type { ConnectForm } from '../features/connect/connect-form.ts'
import { ExportDialog } from '../features/export/export-dialog.tsx'
import { KeysDialog } from '../features/settings/keys-dialog.tsx'
import { SettingsDialog } from '../features/settings/settings-dialog.tsx'
import { FailuresDialog } from './failures-dialog.tsx'

/** The dialog that is open. */
export type OpenDialog =
  | { readonly kind: 'connect'; readonly form?: Partial<ConnectForm> }
  | { readonly kind: 'export'; readonly choices: readonly ScopeChoice[] }
  | { readonly kind: 'audit'; readonly choices: readonly ScopeChoice[] }
  | { readonly kind: 'settings' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'failures'; readonly job: Job }

/** Shows the dialog that is open. */
export function WindowDialogs(props: {
  dialog: OpenDialog | null
  onClose: () => void
  onConnected: () => void
  onCsvSaved: (saved: { file: string; rows: number }) => void
}) {
  const { dialog, onClose } = props
  switch (dialog?.kind) {
    case undefined:
      return null
    case 'connect':
      return (
        <ConnectDialog
          {...(dialog.form && { firstForm: dialog.form })}
          onClose={onClose}
          onConnected={props.onConnected}
        />
      )
    case 'export':
      return <ExportDialog choices={dialog.choices} onClose={onClose} />
    case 'audit':
      return <AuditDialog choices={dialog.choices} onClose={onClose} onSaved={props.onCsvSaved} />
    case 'settings':
      return <SettingsDialog onClose={onClose} />
    case 'keys':
      return <KeysDialog onClose={onClose} />
    case 'failures':
      return <FailuresDialog job={dialog.job} onClose={onClose} />
  }
}

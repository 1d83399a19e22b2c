import { useTranslation } from 'react-i18next'
import { AuditDialog } from '../features/audit/audit-dialog.tsx'
import { ConnectDialog } from '../features/connect/connect-dialog.tsx'
import { ExportDialog } from '../features/export/export-dialog.tsx'
import { CompareDialog, CompareVersionsDialog } from '../features/person/compare-dialog.tsx'
import { FindingsDialog } from '../features/person/findings-dialog.tsx'
import { KeysDialog } from '../features/settings/keys-dialog.tsx'
import { SettingsDialog } from '../features/settings/settings-dialog.tsx'
import { FailuresDialog } from './failures-dialog.tsx'
import type { LookParts } from './look-at.tsx'
import { LookAt } from './look-at.tsx'
import { ScopeDialogs } from './scope-dialogs.tsx'
import type { WindowScopes } from './use-window-scopes.ts'

interface DialogParts extends LookParts {
  readonly scopes: WindowScopes
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
    case 'findings':
      return <FindingsDialog choices={dialog.choices} onClose={onClose} onStep={commands.tellFindingStep} />
    case 'settings':
      return (
        <SettingsDialog
          {...(dialog.page && { firstPage: dialog.page })}
          onConnect={commands.connect}
          onClose={onClose}
        />
      )
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
    case 'compare-versions':
      return (
        <CompareVersionsDialog
          address={dialog.address}
          versions={dialog.versions}
          photoBase={props.photoBase}
          isRound={props.isRound}
          onClose={onClose}
        />
      )
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
